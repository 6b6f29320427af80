#!/usr/bin/python3
"""Each of the examples opens, has no problems, and runs, with the peers that it is for.

    tests/interop/examples.py --bin FOLDER

Of an example only the ports are changed. Real Python programs log to it by logging.handlers; a mail server (aiosmtpd) and rsyslogd take what it sends.
"""

import argparse
import email
import json
import logging
import logging.handlers
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parent.parent.parent
examples = root / 'resources' / 'examples'
FORMAT = logging.Formatter('%(asctime)s %(levelname)-8s %(name)s: %(message)s')
failures = []


def expect(what, condition, *more):
    if not condition:
        failures.append(' '.join([what, *(str(part)[:2000] for part in more)]))


def wait(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def records(count=250, errors=(150,), start=0):
    out = []
    for number in range(start, start + count):
        level = logging.ERROR if number in errors else (logging.DEBUG, logging.INFO, logging.WARNING)[number % 3]
        out.append(logging.makeLogRecord({
            'name': ('app', 'app.db', 'app.db.pool', 'app.web')[number % 4], 'levelno': level, 'levelname': logging.getLevelName(level), 'msg': 'record %d',
            'args': (number,), 'created': 1700000000.0 + number, 'msecs': 0.0, 'process': 1}))
    return out


class Example:
    """One that runs, in a folder of its own."""

    def __init__(self, options, name, place, **changes):
        self.folder = place / name
        self.folder.mkdir()
        source = examples / (name + '.sluice')
        checked = subprocess.run([options.bin / 'sluicectl', 'check', source], capture_output=True, text=True, timeout=60)
        expect(name + ' has problems:', checked.returncode == 0, checked.stdout)
        project = json.loads(source.read_text(encoding='utf-8'))
        self.ports = {}
        for node in project['nodes']:
            params = node.setdefault('params', {})
            if node['type'] in ('SocketReceiver', 'HttpReceiver'):
                self.ports[node['id']] = params['port'] = free_port()
            params.update(changes.get(node['id'].replace(' ', '_'), {}))
        file = self.folder / (name + '.sluice')
        file.write_text(json.dumps(project), encoding='utf-8')
        self.process = subprocess.Popen([options.bin / 'sluicectl', 'run', file], stdout=open(self.folder / 'stdout', 'wb'), stderr=open(self.folder / 'stderr', 'wb'))
        self.name = name
        for port in self.ports.values():
            expect(name + ' does not listen', wait(lambda: socket.socket().connect_ex(('127.0.0.1', port)) == 0))

    def read(self, file):
        path = self.folder / file
        return path.read_text(encoding='utf-8') if path.exists() else ''

    def send(self, sent, handler=None):
        handler = handler or logging.handlers.SocketHandler('127.0.0.1', self.ports['python'])
        for record in sent:
            handler.handle(record)
        handler.close()

    def has(self, file, last):
        expect('%s: %s has no "%s":' % (self.name, file, last), wait(lambda: last in self.read(file)), self.read(file)[-300:])

    def end(self, status=0):
        self.process.send_signal(signal.SIGTERM)
        ended = self.process.wait(60)
        expect('%s ended with %d:' % (self.name, ended), ended == status, self.read('stderr'))


def lines(sent):
    return ''.join(FORMAT.format(record) + '\n' for record in sent)


def to_files(options, place):
    for name in ('a-file-a-day', 'to-a-rotating-file'):
        example = Example(options, name, place)
        sent = records()
        example.send(sent)
        example.has('app.log', 'record 249')
        example.end()
        expect(name + ': another file than Python\'s', example.read('app.log') == lines(sent), example.read('app.log')[:500])
        expect(name + ': the console', 'record 249' in example.read('stdout'))


def by_logger(options, place):
    example = Example(options, 'by-logger', place)
    sent = records()
    example.send(sent)
    mine = [record for record in sent if record.name.startswith('app.db')]
    example.has('database.log', 'record 249' if mine[-1].args == (249,) else 'record %d' % mine[-1].args)
    expect('by-logger: the console', wait(lambda: 'record 248' in example.read('stdout')))
    example.end()
    expected = ''.join(logging.Formatter('%(asctime)s %(levelname)-8s %(message)s').format(record) + '\n' for record in mine)
    expect('by-logger: another file than Python\'s', example.read('database.log') == expected, example.read('database.log')[:500])
    shown = example.read('stdout')
    expect('by-logger: what belongs to the database alone is on the console', not any('record %d\n' % record.args in shown for record in mine))
    expect('by-logger: below INFO on the console', 'record 0\n' not in shown and 'record 4\n' in shown, shown[:500])


def what_led_to_errors(options, place):
    example = Example(options, 'errors-with-what-led-to-them', place)
    sent = records(count=260, errors=(250,))
    example.send(sent[:251])
    example.has('context.log', 'record 250')
    example.send(sent[251:])
    expect('errors-with-what-led-to-them: the console', wait(lambda: 'record 259' in example.read('stdout')))
    example.end()
    expect('errors-with-what-led-to-them: another file than Python\'s', example.read('context.log') == lines(sent), example.read('context.log')[:500])


def errors_by_mail(options, place):
    server = subprocess.Popen(['/usr/bin/python3', root / 'tests' / 'handler' / 'mail_server.py', 'plain', '', ''], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline())
        mails = []
        reader = threading.Thread(target=lambda: mails.extend(map(json.loads, server.stdout)), daemon=True)
        reader.start()
        example = Example(options, 'errors-by-mail', place, mail={'mailhost': ['127.0.0.1', port]})
        sent = records(count=95, errors=(90,))
        example.send(sent)
        expect('errors-by-mail: the console', wait(lambda: mails and 'record 94' in example.read('stdout')))
        expect('errors-by-mail: not one mail but %d' % len(mails), len(mails) == 1)
        # At the end comes what is held, whatever flushOnClose says: so does logging.shutdown() of CPython 3.11.
        example.end()
        server.stdin.close()
        reader.join()
        expect('errors-by-mail: %d mails' % len(mails), len(mails) <= 2)
        if mails:
            mail = email.message_from_bytes(bytes.fromhex(mails[0]['data']))
            text = mail.get_payload(decode=True).decode()
            expect('errors-by-mail: it is from and to', mails[0]['from'] == 'sluice@localhost' and mails[0]['to'] == ['you@localhost'], mails)
            expect('errors-by-mail: its subject', mail['Subject'].startswith('Errors'), mail['Subject'])
            expect('errors-by-mail: its text', [line for line in text.splitlines() if line] == lines(sent[:91]).splitlines(), text[:600])
    finally:
        server.kill()


def to_syslog(options, place):
    folder = place / 'rsyslog'
    folder.mkdir()
    port = free_port(socket.SOCK_DGRAM)
    (folder / 'rs.conf').write_text('''global(workDirectory="%(d)s")
module(load="imudp")
template(name="line" type="string" string="%%pri-text%% %%rawmsg%%\\n")
ruleset(name="rx"){action(type="omfile" file="%(d)s/got" template="line" flushOnTXEnd="on")}
input(type="imudp" address="127.0.0.1" port="%(p)d" ruleset="rx")
''' % {'d': folder, 'p': port})
    server = subprocess.Popen(['/usr/sbin/rsyslogd', '-n', '-f', folder / 'rs.conf', '-i', folder / 'pid'], stderr=subprocess.DEVNULL)
    try:
        def bound():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                try:
                    probe.bind(('127.0.0.1', port))
                except OSError:
                    return True
            return False

        expect('rsyslogd does not listen', wait(bound))
        example = Example(options, 'to-syslog-and-the-event-log', place, syslog={'address': ['127.0.0.1', port]})
        sent = records(count=30, errors=(20,))
        example.send(sent)
        got = folder / 'got'
        expect('to-syslog: rsyslog did not get all', wait(lambda: got.exists() and 'record 29' in got.read_text()), got.exists() and got.read_text()[:500])
        # The event log is Windows'; the ledger has the error that did not get there.
        example.end(status=3)
        expect('to-syslog: what came', all('sluice: record %d' % number in got.read_text() for number in range(30)), got.read_text()[:500])
        expect('to-syslog: the error is one there too', 'user.err <11>sluice: record 20' in got.read_text(), got.read_text()[:3000])
        expect('to-syslog: it does not say that the event log needs Windows', 'Windows' in example.read('stderr'), example.read('stderr'))
    finally:
        server.kill()
        server.wait()


def watch(options, place):
    example = Example(options, 'watch-my-python-service', place)
    expect('watch: files', wait(lambda: (example.folder / 'service.log').write_text('') == 0))
    sent = records(count=40, errors=(30,))
    example.send(sent)
    example.has('warnings.txt', 'record 38')
    over_http = records(count=3, errors=(42,), start=40)
    for record in over_http:
        record.msg, record.args = record.getMessage(), None
    example.send(over_http, logging.handlers.HTTPHandler('127.0.0.1:%d' % example.ports['web'], '/log', method='POST'))
    example.has('warnings.txt', 'record 42')
    line = '2026-11-21 10:00:00,123 - app.files - INFO - from a file %d\n'
    written = 0

    def shown():
        nonlocal written
        with open(example.folder / 'service.log', 'a') as file:
            file.write(line % written)
        written += 1
        time.sleep(0.2)
        return 'from a file' in example.read('stdout')

    expect('watch: what a file got is not shown', wait(shown), example.read('stdout')[-500:])
    example.end()
    wanted = [record for record in [*sent, *over_http] if record.levelno >= logging.WARNING]
    expect('watch: warnings', example.read('warnings.txt') == lines(wanted), example.read('warnings.txt')[-900:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--bin', required=True, type=pathlib.Path)
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    tested = [to_files, by_logger, what_led_to_errors, errors_by_mail, to_syslog, watch]
    names = {'a-file-a-day', 'to-a-rotating-file', 'by-logger', 'errors-with-what-led-to-them', 'errors-by-mail', 'to-syslog-and-the-event-log', 'watch-my-python-service'}
    expect('an example that nobody runs here:', {path.stem for path in examples.glob('*.sluice')} == names, sorted(path.stem for path in examples.glob('*.sluice')))
    with tempfile.TemporaryDirectory(prefix='sluice-examples-') as place:
        for test in tested:
            test(options, pathlib.Path(place))
    for line in failures:
        print(line)
    print('%d examples run, %d failures' % (len(names), len(failures)))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
