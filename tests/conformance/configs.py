#!/usr/bin/python3
"""Python configurations that come in and go out again, compared by what CPython does with them.

    tests/conformance/configs.py [--sluicectl PROGRAM] [--seeds 1-60] [--keep DIR]

For each seed, a random configuration goes two ways. As a dictConfig: CPython with it, CPython with what `sluicectl convert` made of it by way
of a project, sluicectl with the project and with what came of it must leave the same tree of files. As a fileConfig: CPython and sluicectl
with it, and CPython with the dictConfig that `sluicectl convert` made of it. Then the same for each file in data/configs whose classes are Python's
own or stand in data/modules: there, what cannot be run here must go out again as it came. `-v` prints every seed.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import traceback

import cases
import deviations
import run

here = pathlib.Path(__file__).resolve().parent
data = here / 'data'


def reference(config):
    """CPython, in this process and this folder."""
    import logging.config

    deviations.apply()
    logging.raiseExceptions = False
    logging.lastResort = None
    sys.path.insert(0, str(data / 'modules'))
    if config.suffix == '.json':
        logging.config.dictConfig(json.loads(config.read_text('utf-8')))
    else:
        logging.config.fileConfig(config, {'here': str(config.parent), '__file__': str(config)}, encoding='utf-8')
    with open('../records.jsonl', encoding='utf-8') as lines:
        for line in lines:
            record = logging.makeLogRecord(json.loads(line))
            logger = logging.getLogger(record.name)
            if logger.isEnabledFor(record.levelno):
                logger.handle(record)
    logging.shutdown()


class Case:
    """A folder with records, in which configurations are run, each in a folder of its own."""

    def __init__(self, sluicectl, folder, zone, existing, records):
        self.sluicectl, self.folder, self.zone, self.existing = sluicectl, folder, zone, existing
        self.failures = []
        self.bytes = 0
        folder.mkdir()
        with open(folder / 'records.jsonl', 'w', encoding='utf-8') as lines:
            for record in records:
                lines.write(json.dumps(record) + '\n')

    def place(self, name):
        place = self.folder / name
        (place / 'sub').mkdir(parents=True)
        for file, (content, modified) in self.existing.items():
            (place / file).write_bytes(content)
            os.utime(place / file, (modified, modified))
        return place

    def python(self, name, config):
        """The tree that CPython leaves, with what went to its standard streams; None if it refuses the configuration."""
        place = self.place(name)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.environ['TZ'] = self.zone
                import time
                time.tzset()
                os.chdir(place)
                for number, stream in ((1, 'stdout'), (2, 'stderr')):
                    os.dup2(os.open(stream, os.O_CREAT | os.O_WRONLY | os.O_APPEND), number)
                reference(config)
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        if os.waitpid(child, 0)[1]:
            self.failures.append('%s: CPython refused %s: %s' % (name, config.name, (place / 'stderr').read_text(errors='replace')[-1500:]))
            return None
        return run.tree(place)

    def convert(self, source, target, statuses=(0,)):
        made = subprocess.run([self.sluicectl, 'convert', str(source), str(target)], capture_output=True, timeout=60)
        if made.returncode not in statuses:
            self.failures.append('convert %s ended with %d: %s' % (source.name, made.returncode, made.stderr.decode(errors='replace')))
            return None
        return target

    def sluice(self, name, config):
        place = self.place(name)
        if config.suffix == '.sluice':
            # Paths in a project begin at its folder.
            config = pathlib.Path(shutil.copy(config, place))
        with open(place / 'stdout', 'ab') as out:
            ours = subprocess.run([self.sluicectl, 'run', str(config), '--input', '../records.jsonl', '--clock', 'records'], cwd=place,
                                  env=dict(os.environ, TZ=self.zone), stdout=out, stderr=subprocess.PIPE, timeout=120)
        if ours.returncode not in (0, 3):
            self.failures.append('%s: sluicectl ended with %d: %s' % (name, ours.returncode, ours.stderr.decode(errors='replace')))
            return None
        if config.suffix == '.sluice':
            config.unlink()
        return run.tree(place)

    def same(self, name, expected, found):
        if expected is None or found is None:
            return
        # Ours says on standard error what it dropped; CPython is told to say nothing.
        expected, found = ({k: v for k, v in tree.items() if k != 'stderr'} for tree in (expected, found))
        self.bytes += sum(len(content or b'') for content in expected.values())
        self.failures += ['%s: %s' % (name, line) for line in run.differences(expected, found)]


def as_dict_config(config, rnd):
    """What JSON can say to Python: of times of day only those that have a name."""
    for handler in config['handlers'].values():
        if handler.pop('atTime', None) and rnd.random() < 0.7:
            handler['atTime'] = rnd.choice(['ext://datetime.time.min', 'ext://datetime.time.max'])
    return config


PARAMETERS = {
    'NullHandler': [],
    'StreamHandler': ['stream'],
    'FileHandler': ['filename', 'mode', 'encoding', 'delay', 'errors'],
    'WatchedFileHandler': ['filename', 'mode', 'encoding', 'delay', 'errors'],
    'RotatingFileHandler': ['filename', 'mode', 'maxBytes', 'backupCount', 'encoding', 'delay', 'errors'],
    'TimedRotatingFileHandler': ['filename', 'when', 'interval', 'backupCount', 'encoding', 'delay', 'utc', 'atTime', 'errors'],
    'MemoryHandler': ['capacity', 'flushLevel', 'target', 'flushOnClose'],
}


def literal(rnd, value):
    if isinstance(value, bool):
        return str(value) if rnd.random() < 0.7 else str(int(value))
    if isinstance(value, int):
        return rnd.choice([str(value), hex(value), '%d * 1' % value, '%d + 0' % value, '{:_}'.format(value)])
    if isinstance(value, str):
        escaped = ''.join('\\x%02x' % ord(c) if ord(c) < 256 else c for c in value)
        return rnd.choice([repr(value), ascii(value), 'r' + repr(value), '"""%s"""' % value, "u'%s'" % escaped, "'%s' '%s'" % (value[:1], value[1:])])
    return repr(value)


def dict_config_order(handlers):
    """The order in which dictConfig makes them: by name, and at the end those whose target comes later."""
    made, deferred = [], []
    for name in sorted(handlers):
        target = handlers[name].get('target')
        (deferred if target and target not in made else made).append(name)
    return made + deferred


def as_file_config(config, order, rnd):
    """The same as an INI file, without what it cannot say."""
    equals = lambda: rnd.choice(['=', ' = ', ': ', ':'])
    lines = ['# made by a test', '[DEFAULT]', 'level_of_all=INFO', '']
    formatters = {name: f for name, f in config.get('formatters', {}).items()
                  if f.get('validate', True) and f.get('format', 'x').split('\n')[0].strip() == f.get('format', 'x') and '\n' not in (f.get('datefmt') or '')}
    lines += ['[formatters]', 'keys' + equals() + ' , '.join(formatters), '']
    for name, formatter in formatters.items():
        lines.append('[formatter_%s]' % name)
        for key in ('format', 'datefmt', 'style'):
            if formatter.get(key) is not None:
                lines.append(rnd.choice([key, key.upper()]) + '=' + formatter[key])
        lines += ['; nothing', 'class=' + rnd.choice(['', 'logging.Formatter']), '']
    handlers = {name: dict(config['handlers'][name]) for name in order}
    lines += ['[handlers]', 'keys=' + ','.join(handlers), '']
    for name, handler in handlers.items():
        path = handler['class']
        simple = path.rpartition('.')[2]
        lines += ['[handler_%s]' % name, 'class=' + rnd.choice([path, path.removeprefix('logging.')])]
        target = handler.get('target')
        known = [key for key in PARAMETERS[simple] if key not in ('atTime', 'target')]
        given = [key for key in known if key in handler]
        positional = []
        for key in PARAMETERS[simple]:
            if key not in given or rnd.random() < 0.2:
                break
            positional.append(key)
        text = '(%s)' % ''.join(literal(rnd, handler[key]) + ', ' for key in positional)
        named = '{%s}' % ', '.join('%r: %s' % (key, literal(rnd, handler[key])) for key in given if key not in positional)
        if positional or rnd.random() < 0.5:
            lines.append('args' + equals() + text.replace('%', '%%').replace(', ', ',\n   ' if rnd.random() < 0.2 else ', '))
        if len(named) > 2:
            lines.append('kwargs' + equals() + named.replace('%', '%%'))
        if target:
            lines.append('target=' + target)
        if handler.get('formatter') in formatters:
            lines.append('formatter=' + handler['formatter'])
        if 'level' in handler:
            lines.append('level=' + (handler['level'] if isinstance(handler['level'], str) else rnd.choice(['ERROR', '%(level_of_all)s'])))
        lines.append('')
    loggers = config.get('loggers', {})
    numbers = {name: 'l%d' % i for i, name in enumerate(loggers)}
    lines += ['[loggers]', 'keys=' + ', '.join(['root', *numbers.values()]), '']
    for name, logger in [(None, config.get('root', {})), *loggers.items()]:
        lines.append('[logger_%s]' % ('root' if name is None else numbers[name]))
        if isinstance(logger.get('level'), str):
            lines.append('level=' + logger['level'])
        lines.append('handlers=' + ', '.join(logger.get('handlers', [])))
        if name is not None:
            lines.append('qualname=' + name)
            if 'propagate' in logger:
                lines.append('propagate=%d' % logger['propagate'])
        lines.append('')
    return '\n'.join(lines)


def random_case(seed, sluicectl, folder):
    config, records, existing, zone = cases.case(seed)
    rnd = random.Random('sluice configurations %d' % seed)
    case = Case(sluicectl, folder, zone, existing, records[:80])
    source = folder / 'source.json'
    source.write_text(json.dumps(as_dict_config(config, rnd), indent=1))
    project = case.convert(source, folder / 'project.sluice')
    back = project and case.convert(project, folder / 'back.json')
    if back:
        expected = case.python('a-source', source)
        case.same('CPython with what came back', expected, case.python('a-back', back))
        case.same('the project', expected, case.sluice('a-project', project))
        case.same('what came back', expected, case.sluice('a-ours', back))
        again = case.convert(back, folder / 'again.sluice')
        if again and case.convert(again, folder / 'again.json').read_bytes() != back.read_bytes():
            case.failures.append('a second way there and back changes the dictConfig')
    ini = folder / 'source.ini'
    order = dict_config_order(config['handlers'])
    is_shuffled = rnd.random() < 0.4
    if is_shuffled:
        rnd.shuffle(order)
        # One that holds records for another stands behind it: else CPython closes the other first, and loses them where its mode is w.
        order.sort(key=lambda name: 'target' in config['handlers'][name])
    ini.write_text(as_file_config(config, order, rnd), encoding='utf-8')
    converted = case.convert(ini, folder / 'from-ini.json')
    if converted:
        expected = case.python('i-source', ini)
        case.same('the fileConfig', expected, case.sluice('i-ours', ini))
        # dictConfig makes handlers in the order of their names, which two on the same file show.
        if not is_shuffled:
            case.same('CPython with the converted fileConfig', expected, case.python('i-converted', converted))
    return case


def file_case(path, sluicectl, folder):
    """A configuration as programs have it. CPython must do the same with what came back; sluicectl too, where it can run all of it."""
    rnd = random.Random(path.name)
    names = [*cases.NAMES, 'django.request', 'shop.orders', 'uvicorn.access', 'celery.task', 'alembic.runtime', 'sqlalchemy.engine', 'myproject.views', 'gunicorn.error',
             'simpleExample', 'airflow.task', 'root']
    clock = [1700000000.25, []]
    records = []
    while len(records) < 200:
        record = cases.record(rnd, clock)
        # Whether standard output takes a lone surrogate is the locale's to say.
        try:
            json.dumps(record, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            continue
        record['name'] = rnd.choice(names)
        records.append(record)
    case = Case(sluicectl, folder, 'Europe/London', {}, records)
    source = pathlib.Path(shutil.copy(path, folder))
    project = case.convert(source, folder / 'project.sluice')
    back = project and case.convert(project, folder / 'back.json')
    if back:
        expected = case.python('source', source)
        case.same('CPython with what came back', expected, case.python('back', back))
        checked = subprocess.run([sluicectl, 'check', str(source)], capture_output=True, text=True, timeout=60)
        if checked.returncode == 0:
            case.same('sluicectl', expected, case.sluice('ours', source))
        elif 'unsupported' not in checked.stdout:
            case.failures.append('check says: ' + checked.stdout)
    return case


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sluicectl', default=str(here.parent.parent / 'build' / 'dev' / 'bin' / 'sluicectl'))
    parser.add_argument('--seeds', default='1-60', metavar='A-B')
    parser.add_argument('--keep', help='folder for the cases that differ (default: a new one)')
    parser.add_argument('-v', action='store_true')
    options = parser.parse_args()
    first, _, last = options.seeds.partition('-')
    sluicectl = os.path.abspath(options.sluicectl)
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix='sluice-configs-')).resolve()
    folder.mkdir(exist_ok=True)
    todo = [('seed-%d' % seed, random_case, seed) for seed in range(int(first), int(last or first) + 1)]
    todo += [(path.name, file_case, path) for path in sorted((data / 'configs').iterdir())]
    failed, compared = [], 0
    for name, make, argument in todo:
        place = folder / name
        shutil.rmtree(place, ignore_errors=True)
        case = make(argument, sluicectl, place)
        compared += case.bytes
        if options.v:
            print('%s: %d bytes' % (name, case.bytes))
        # A file that leaves nothing behind would prove nothing.
        if make is file_case and not case.bytes and not case.failures:
            case.failures.append('no bytes were compared')
        if case.failures:
            failed.append(name)
            print('%s differs; it is in %s' % (name, place))
            for line in case.failures:
                print('  ' + line)
        else:
            shutil.rmtree(place)
    if not failed and not options.keep:
        folder.rmdir()
    print('%d of %d configurations are the same, %d bytes compared' % (len(todo) - len(failed), len(todo), compared))
    return 1 if failed or compared < 1000 * len(todo) else 0


if __name__ == '__main__':
    sys.exit(main())
