"""Random Formatters and records, with what CPython's logging writes for them, in the time zone of TZ.

[style, format, datefmt or null, validate, [[name, text]…], why it is refused or null, [[record, answer]…]] a line.
"""

import logging
import sys

from cases import TEXTS, answer, hexed, random_for, scalar, tagged, value, write

rnd = random_for('formatter ' + sys.argv[1])
FIELDS = ['name', 'levelno', 'levelname', 'pathname', 'filename', 'module', 'lineno', 'funcName', 'created', 'asctime', 'msecs',
          'relativeCreated', 'thread', 'threadName', 'process', 'processName', 'message', 'user', 'n', 'nested', 'nowhere']
DATEFMTS = [None, None, '%H:%M:%S', '%Y-%m-%dT%H:%M:%S%z', '%c', '%x %X %p', '%%', '', 'é %d', '%j %U %w %A %B', '%s', '%Z', 'no', '%', '%Q',
            '%Ey', '%p' * 3, '%-d %_H %5Y']
SPECS = {
    '%': ['s', 's', 's', 's', 'd', '-8s', '08.3f', '5d', '.3s', 'r', 'a', 'x', 'g', 'c', '', 'y', '+d', '%'],
    '{': ['', '', '', '', ':>10', ':<8', ':^9', ':08.3f', ':,', ':_x', '!r', '!a', '!s:>20', ':{n}', ':d', ':.2%', ':e', '[0]', '.real',
          '[key]', ':x<{n}', ':%', ':y', '!z', ':{', ':+', ':=+10', ':n', ':#x', '[missing]', '.gone', ':{nested[n]}', ':c', ':#o', ':b'],
}
BROKEN = {
    '%': ['%(message', '%(message)', '%s', '%(me ssage)s', '', 'plain', '%%', '%(message)s %', '%(message)s %d', '%(message)s %(lineno)*d', '%(é)s',
          '%(message)ls', '100% %(message)s', '%(message).d', '%s %(name)s'],
    '{': ['{', '}', '{}', '{0}', '{message', '{message:', '{mess{age}', 'plain', '', '{{message}}', '{message}}', '{message!', '{message!r', '{é}',
          '{message.}', '{message[}', '{message[]}', '{ message}', '{message }', '{message}{}', '{message}{0}', '{a-b}', '{message:zzz}',
          '{message:{lineno:{n}}}', '{message!rr}', '{message[a]b}', '{message:>{lineno}}', '{message:\n<9}', '{message:é^9}', '{{{message}}}'],
    '$': ['$', '$$', '${message', '$message$', '$1', 'plain', '', '${}', '$é', '$message $ x', 'a\nb $message $', '${message}é', '$$message', '$ $message',
          '$MESSAGE', '${mess age}', '$message\n\n $1', '$asctime', '${asctime} $$'],
}


def make_format(style):
    if rnd.random() < 0.2:
        return rnd.choice(BROKEN[style])
    out = ''
    for _ in range(rnd.randrange(1, 6)):
        out += rnd.choice(['', ' ', ' - ', 'é', '%%' if style == '%' else '{{' if style == '{' else '$$', '\n', ': '])
        field = rnd.choice(FIELDS)
        if field == 'nowhere' and rnd.random() < 0.7:
            field = 'message'
        if style == '%':
            out += '%%(%s)%s' % (field, rnd.choice(SPECS['%']))
        elif style == '{':
            out += '{%s%s}' % (field, rnd.choice(SPECS['{']))
        else:
            out += rnd.choice(['$%s', '${%s}']) % field
    return out


def make_record():
    created = rnd.choice([0.0, 0.999, 1700000000.123456, 1711846800.5, 1711850400.25, 1729990800.75, 1729994400.0, -1.25, 2**31 + 0.5,
                          rnd.uniform(0, 2e9), rnd.uniform(1.6e9, 1.8e9)])
    args = rnd.choice([(), (), (), [], None, {}, ('a',), (1, 'b'), {'a': 1}, [3], 0, 5])
    msg = rnd.choice(TEXTS + ['%s', '%s and %d', '%(a)s', 'plain', 'plain text', '100%']) if rnd.random() < 0.9 else scalar(rnd)
    record = dict(name=rnd.choice(['root', 'a.b', 'é']), msg=msg, args=args, levelname=rnd.choice(['INFO', 'Level 35']),
                  levelno=rnd.choice([10, 20, 35]), pathname='/a/b.py', filename='b.py', module='b', exc_info=None,
                  exc_text=rnd.choice([None, None, None, '', 'Traceback\n  x', 'é\n', 5]), stack_info=rnd.choice([None, None, None, '', 'Stack:\n y']),
                  lineno=rnd.randrange(500), funcName=rnd.choice(['f', None]), created=created,
                  msecs=rnd.choice([0.0, 123.0, 999.999, 7, 1000.5, -3.5, 'x', None]) if rnd.random() < 0.3 else float(rnd.randrange(1000)),
                  relativeCreated=rnd.uniform(0, 1e6), thread=140234567890123, threadName='MainThread', processName='MainProcess', process=rnd.choice([None, 4321]))
    if rnd.random() < 0.7:
        record.update(user=value(rnd), n=rnd.choice([5, 12, 0, 'x']), nested={'key': scalar(rnd), 'n': 7, 'list': [1]})
    return record


def make_formatter():
    style = rnd.choice('%%%{{{$')
    form = make_format(style)
    datefmt = rnd.choice(DATEFMTS)
    validate = rnd.random() < 0.75
    defaults = [['user', 'nobody'], ['nowhere', 'dflt'], ['message', 'no']] if rnd.random() < 0.15 else []
    case = [style, hexed(form), datefmt if datefmt is None else hexed(datefmt), validate, [[a, hexed(b)] for a, b in defaults]]
    try:
        formatter = logging.Formatter(form, datefmt, style, validate, defaults=dict(defaults) or None)
    except Exception as error:
        write(*case, hexed(str(error)), [])
        return
    rows = []
    for _ in range(6):
        data = make_record()
        record = logging.makeLogRecord(data)
        rows.append([tagged(data), answer(lambda: formatter.format(record))])
    write(*case, None, rows)


for _ in range(1200):
    make_formatter()
