"""Random configurations and records for run.py. A seed always makes the same case."""

import datetime
import logging
import random

NAMES = ['a', 'a.b', 'a.b.c', 'a.bb', 'b', 'b.é', 'x.y.z', 'root', 'a.b.c.d']
ENCODINGS = [None, None, 'utf-8', 'UTF8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'utf-32', 'ascii', 'latin-1', 'iso-8859-15', 'cp1252', 'koi8-r', 'cp437',
             'shift_jis', 'cp932', 'euc_jp', 'gbk', 'gb18030', 'big5', 'euc_kr', 'cp949', 'cp037']
ERRORS = [None, None, None, 'strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape', 'surrogatepass']
ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo', 'Africa/Casablanca', 'Europe/Dublin', 'EST5EDT', '<+0330>-3:30']
DATEFMTS = [None, None, None, '%H:%M:%S', '%Y-%m-%dT%H:%M:%S%z', '%c', '%d é %b', '%j %U', '%Z', '%%', '%s', '%I:%M %p']
LEVELS = ['DEBUG', 'DEBUG', 'INFO', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'NOTSET', 'NOTSET', 5, 5, 15, 35]
TEXTS = ['plain', 'longer text that says something', 'naïve é', '日本語', '한국어 뷁', 'Ελλάδα', 'привет', '😀 smile', '\ud800 lone', 'x\udcff', 'two\nlines', '', 'tab\t|',
         "quote's", '€ 12', '100%', '\x00nul', 'ends\n', '\u2028', 'ŠŽ', '漢字', '\x7f\x9f']
FIELDS = ['name', 'levelno', 'levelname', 'pathname', 'filename', 'module', 'lineno', 'funcName', 'created', 'asctime', 'msecs', 'relativeCreated', 'thread',
          'threadName', 'process', 'processName', 'message', 'message', 'message', 'message', 'asctime', 'user', 'ctx', 'n', 'exc_text', 'args', 'msg']
PERCENT = ['s', 's', 's', 's', 's', '-8s', '10s', '.5s', 'r', 'a', 'd', '06.2f', 'x', '5d', 'e', '+d', 'c']
BRACE = ['', '', '', '', '', ':>10', ':<8', ':^9', '!r', '!a', '!s:>12', ':,', ':08.3f', ':{n}', '[0]', '[k]', ':x', ':.3', ':e']


def field_format(rnd, style):
    field = rnd.choice(FIELDS)
    if style == '%':
        return '%%(%s)%s' % (field, rnd.choice(PERCENT) if rnd.random() < 0.12 else 's')
    if style == '{':
        return '{%s%s}' % (field, rnd.choice(BRACE) if rnd.random() < 0.12 else '')
    return rnd.choice(['$%s', '${%s}']) % field


def formatter(rnd):
    while True:
        style = rnd.choice('%%%{$')
        between = ['', ' ', ' - ', ':', ' é ', '%%' if style == '%' else '{{x}}' if style == '{' else '$$', '\n', '\t']
        text = ''
        for _ in range(rnd.randrange(1, 6)):
            text += field_format(rnd, style) + rnd.choice(between)
        config = {'format': text}
        if style != '%' or rnd.random() < 0.5:
            config['style'] = style
        datefmt = rnd.choice(DATEFMTS)
        if datefmt is not None or rnd.random() < 0.3:
            config['datefmt'] = datefmt
        if rnd.random() < 0.15:
            config['validate'] = False
            config['format'] = rnd.choice(['%(message', '%(message)s %', '%(name)s %s'] if style == '%' else ['{message', '{}', '{message!z}'] if style == '{'
                                          else ['$message $', '$ $message'])
        if rnd.random() < 0.1:
            return {}
        try:
            logging.Formatter(config['format'], config.get('datefmt'), style, config.get('validate', True))
        except ValueError:
            continue
        return config


def file_handler(rnd, formatters, filters):
    config = {'class': 'logging.FileHandler', 'filename': rnd.choice(['one.log', 'two.log', 'three.log', 'one.log.1', './sub/../two.log'])}
    kind = rnd.random()
    if kind < 0.3:
        config['class'] = 'logging.handlers.RotatingFileHandler'
        config['maxBytes'] = rnd.choice([0, 0, 1, 20, 100, 200, 500, 1000, 3000, 3000])
        config['backupCount'] = rnd.choice([0, 1, 2, 3, 7])
    elif kind < 0.65:
        config['class'] = 'logging.handlers.TimedRotatingFileHandler'
        for key, values in (('when', ['S', 's', 'M', 'm', 'H', 'h', 'D', 'd', 'midnight', 'MIDNIGHT', 'W0', 'W1', 'w2', 'W3', 'W4', 'W5', 'W6']),
                            ('interval', [1, 1, 1, 2, 3, 7, 24]), ('backupCount', [0, 1, 2, 3, 7]), ('utc', [True, False, False]),
                            ('atTime', [None, '00:00', '00:30', '01:30', '02:15', '13:45:10', '23:59:59', '23:00'])):
            if rnd.random() < 0.8:
                config[key] = rnd.choice(values)
    elif kind < 0.8:
        config['class'] = 'logging.handlers.WatchedFileHandler'
    for key, values in (('encoding', ENCODINGS), ('errors', ERRORS), ('mode', ['a', 'w']), ('delay', [True, False])):
        if rnd.random() < 0.7 and not (key == 'mode' and 'Timed' in config['class']):
            config[key] = rnd.choice(values)
    common(rnd, config, formatters, filters)
    return config


def common(rnd, config, formatters, filters):
    if formatters and rnd.random() < 0.85:
        config['formatter'] = rnd.choice(formatters)
    if rnd.random() < 0.3:
        config['level'] = rnd.choice(LEVELS)
    if filters and rnd.random() < 0.3:
        config['filters'] = rnd.sample(filters, rnd.randrange(1, len(filters) + 1))


def configuration(rnd):
    formatters = {'f%d' % i: formatter(rnd) for i in range(rnd.randrange(4))}
    filters = {'only%d' % i: {'name': rnd.choice(NAMES + [''])} for i in range(rnd.randrange(3))}
    handlers = {}
    for i in range(rnd.randrange(1, 5)):
        handlers['%sh%d' % (rnd.choice('az'), i)] = file_handler(rnd, list(formatters), list(filters))
    files = list(handlers)
    for i in range(rnd.choice([0, 0, 1, 2])):
        config = {'class': 'logging.handlers.MemoryHandler', 'capacity': rnd.choice([0, 1, 2, 5, 10, 100])}
        if rnd.random() < 0.85:
            config['target'] = rnd.choice(files)
        if rnd.random() < 0.5:
            config['flushLevel'] = rnd.choice([10, 20, 30, 40, 45, 50, 60])
        if rnd.random() < 0.4:
            config['flushOnClose'] = rnd.choice([True, False])
        common(rnd, config, list(formatters), list(filters))
        handlers['%sm%d' % (rnd.choice('az'), i)] = config
    if rnd.random() < 0.2:
        handlers['null'] = {'class': 'logging.NullHandler'}

    def logger(is_root):
        config = {}
        if rnd.random() < 0.8:
            config['level'] = rnd.choice(LEVELS)
        if rnd.random() < (0.9 if is_root else 0.5):
            config['handlers'] = rnd.sample(list(handlers), rnd.randrange(1, len(handlers) + 1))
        if not is_root and rnd.random() < 0.4:
            config['propagate'] = rnd.choice([True, False, 0, 1])
        if filters and rnd.random() < 0.2:
            config['filters'] = rnd.sample(list(filters), 1)
        return config

    config = {'version': 1, 'handlers': handlers}
    if formatters:
        config['formatters'] = formatters
    if filters:
        config['filters'] = filters
    if rnd.random() < 0.8:
        config['loggers'] = {name: logger(False) for name in rnd.sample([n for n in NAMES if n != 'root'], rnd.randrange(4))}
    if rnd.random() < 0.9:
        config['root'] = logger(True)
    if rnd.random() < 0.5:
        config['disable_existing_loggers'] = rnd.choice([True, False])
    return config


def plain(rnd, depth=0):
    pick = rnd.random()
    if pick < 0.35:
        return rnd.choice(TEXTS)
    if pick < 0.55:
        return rnd.choice([0, 1, -7, 255, 65, 10**12, 2**63, -2**70, 1234567])
    if pick < 0.72:
        return rnd.choice([0.0, 1.5, -2.25, 1e16, 1e-7, 3.14159, 1e300, 100.0, float('inf')])
    if pick < 0.85 or depth > 2:
        return rnd.choice([True, False, None])
    if pick < 0.93:
        return [plain(rnd, depth + 1) for _ in range(rnd.randrange(4))]
    return {rnd.choice(['k', 'a', 'é', '']): plain(rnd, depth + 1) for _ in range(rnd.randrange(3))}


def record(rnd, clock):
    msg, args = rnd.choice([
        (rnd.choice(TEXTS), []), (rnd.choice(TEXTS), None), ('value %s', [plain(rnd)]), ('%(k)s and %(a)r', {'k': plain(rnd), 'a': plain(rnd)}),
        ('%d', 5), ('%s|%5s', 'one'), ('%x', plain(rnd)), (plain(rnd), []), ('%r', plain(rnd)), ('%.2f', plain(rnd)), ('no %s args', []), ('%s', {}),
        ('plain %% text', [1]), ('text', {'k': 1})])
    level = rnd.choice([10, 20, 20, 20, 30, 30, 40, 50, 5, 15, 35, 60, 0])
    created = clock[0]
    clock[0] += rnd.choice([0.0, 0.000125, 0.001, 0.7512, 1.0, 61.5] + clock[1])
    out = {
        'name': rnd.choice(NAMES), 'msg': msg, 'args': args, 'levelname': rnd.choice([logging.getLevelName(level)] * 4 + ['Übel']), 'levelno': level,
        'pathname': rnd.choice(['/srv/app/main.py', 'main.py', '/é/日.py']), 'filename': 'main.py', 'module': 'main', 'exc_info': None,
        'exc_text': rnd.choice([None] * 5 + ['Traceback (most recent call last):\n  File "x"\nValueError: é', '', 'one line\n']),
        'stack_info': rnd.choice([None] * 6 + ['Stack (most recent call last):\n  File "y"', '']), 'lineno': rnd.randrange(2000),
        'funcName': rnd.choice(['main', '<module>', None]), 'created': created, 'msecs': float(int((created - int(created)) * 1000)),
        'relativeCreated': rnd.choice([0.5, 1234.5678, 1e7]), 'thread': rnd.choice([140123456789, None]), 'threadName': 'MainThread',
        'processName': 'MainProcess', 'process': rnd.choice([4242, None])}
    if rnd.random() < 0.08:
        out[rnd.choice(['pathname', 'filename', 'module', 'lineno', 'funcName', 'thread', 'threadName', 'process', 'processName', 'msecs', 'relativeCreated',
                        'levelname', 'exc_text', 'stack_info'])] = plain(rnd)
    if rnd.random() < 0.1:
        out['created'] = int(created)
    if rnd.random() < 0.9:
        out['user'] = plain(rnd)
        out['n'] = rnd.choice([3, 12, 'x'])
        out['ctx'] = rnd.choice([['first', 2], {'k': plain(rnd)}, plain(rnd)])
    if rnd.random() < 0.05:
        out['message'] = 'stale'
        out['asctime'] = 'stale time'
    return out


def existing(rnd, start):
    """Files that are there before: name, content, and when they were written to."""
    out = {}
    day = datetime.datetime.fromtimestamp(start, datetime.timezone.utc).date()
    stamps = [day + datetime.timedelta(rnd.randrange(-9, 3)) for _ in range(3)]
    dated = ['%s.log%s.%s%s' % (rnd.choice(['one', 'two']), rnd.choice(['', '', '', '.old']), stamp, rnd.choice(['', '', '', '.gz', '.1', '_13', '_13-45', 'x']))
             for stamp in stamps]
    for name in ['one.log', 'two.log', 'one.log.1', 'one.log.2', 'one.log.3', 'two.log.1', 'three.log'] + dated:
        if rnd.random() < 0.12:
            content = rnd.choice([b'', b'old\n', b'older content without an end', b'x' * 150 + b'\n'])
            out[name] = content, max(0.0, start - rnd.choice([0, 1, 30, 3000, 40000, 86400, 200000, 2000000]))
    return out


def case(seed):
    rnd = random.Random('sluice conformance %d' % seed)
    zone = rnd.choice(ZONES)
    # Before changes of the clock (London, New York, Lord Howe, Apia's lost day, Casablanca's Ramadan), and anywhere.
    start = rnd.choice([1711846799.5, 1729990799.25, 1710054000.5, 1730610000.0, 1712415600.125, 1728140400.75, 1325152000.0, 1709990000.0, 1700000000.123456,
                        1735689599.9, 1e9 + 0.5, rnd.uniform(0, 1.9e9)]) - rnd.choice([0, 0, 1800, 7200, 43200, 100000, 400000])
    start = max(start, 0.0)
    clock = [start, rnd.choice([[], [], [600.25], [1800.5, 3599.0], [3600.0, 20000.0], [40000.5, 86400.0], [86400.0, 700000.0]])]
    config = configuration(rnd)
    records = [record(rnd, clock) for _ in range(rnd.choice([1, 5, 20, 60, 200, 400]))]
    return config, records, existing(rnd, start), zone
