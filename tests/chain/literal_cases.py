"""Random literals and what Python makes of them, for PythonLiteralTest: "literal<TAB>JSON" as hexadecimal, a line each. literal_cases.py SEED COUNT"""
import json
import random
import sys

rnd = random.Random('literals ' + sys.argv[1])


def text():
    value = ''.join(rnd.choice(['a', 'é', '\n', '\t', '\\', '"', "'", '%', '日', '😀', '\x00', '\x7f', 'x41', '0', ' ', '#', '\r', ',', ')']) for _ in range(rnd.randrange(8)))
    kind = rnd.randrange(6)
    if kind == 0:
        return repr(value)
    if kind == 1:
        return ascii(value)
    if kind == 2:
        return rnd.choice(['', 'u', 'U']) + '"' + ''.join(rnd.choice(['\\x41', '\\101', '\\u00e9', '\\U0001F600', '\\n', '\\q', '\\0', '\\\n', '\\7z', 'b', "'"]) for _ in range(5)) + '"'
    if kind == 3:
        return rnd.choice(['r', 'R', '']) + '"""a\nb ""c\'"""'
    if kind == 4:
        return rnd.choice(['r', 'R']) + "'" + rnd.choice(['C:\\logs\\app', "it\\'s", '\\n', '']) + "'"
    return rnd.choice([' ', '\n', ' # so\n', '']).join(repr(c) for c in value or 'x')


def number():
    return rnd.choice(['0', '7', '1_000', '0x1F', '0XfF', '0o17', '0b1_01', '1.5', '.5', '2.', '1e3', '1E-2', '1.5e+2', '00', '10*1024*1024', '2 * 3 + 4 - 1', '-5', '--5', '+-2',
                       '1 - -1', '(2 + 3) * 4', '5 * (1)', str(rnd.randrange(10**9)), repr(rnd.uniform(-1e6, 1e6))])


def literal(depth=0):
    kind = rnd.randrange(9 if depth < 4 else 4)
    items = lambda: [literal(depth + 1) for _ in range(rnd.randrange(4))]
    comma = rnd.choice([', ', ',', ' , ', ',\n  '])
    if kind == 0:
        return number()
    if kind in (1, 2):
        return text()
    if kind == 3:
        return rnd.choice(['None', 'True', 'False', 'DEBUG', 'ERROR', 'handlers.SysLogHandler.LOG_LOCAL3', 'handlers.DEFAULT_TCP_LOGGING_PORT'])
    if kind in (4, 5):
        found = items()
        return '(' + comma.join(found) + (',' if len(found) == 1 or found and rnd.random() < 0.3 else '') + ')'
    if kind == 6:
        found = items()
        return '[ ' + comma.join(found) + (',' if found and rnd.random() < 0.3 else '') + ']'
    if kind == 7:
        return '(' + literal(depth + 1) + ' )'
    return '{' + comma.join('%s: %s' % (text(), item) for item in items()) + '}'


import logging
import logging.handlers

made = 0
while made < int(sys.argv[2]):
    source = literal()
    # Between brackets a line may end anywhere; at the top it may not, and there we are not so strict.
    source = rnd.choice(['', ' ']) + ('(%s)' % source if '\n' in source else source) + rnd.choice(['', ' ', '\n'])
    try:
        value = eval(source, dict(vars(logging)))
    except SyntaxError:
        # What Python refuses must be refused.
        print(source.encode().hex() + '\t')
    else:
        print(source.encode().hex() + '\t' + json.dumps([value]).encode().hex())
    made += 1
