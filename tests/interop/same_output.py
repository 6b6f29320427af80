#!/usr/bin/python3
"""One project, run by the window's program and by sluicectl, leaves the same files and the same mails.

    tests/interop/same_output.py --bin FOLDER

A Python program sends the same records to both through its SocketHandler; a real mail server (aiosmtpd) takes the mails. Both programs
are asked to end (SIGTERM), so that what handlers hold gets out, and what they left is compared byte by byte.
"""

import argparse
import json
import logging
import logging.handlers
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(root / 'tests' / 'conformance'))
import cases  # noqa: E402

ALL = '%(asctime)s.%(msecs)03d %(levelname)-8s [%(threadName)s/%(process)d] %(name)s %(filename)s:%(lineno)d %(funcName)s %(message)s'
RECORDS = 400


def wait(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit('waited in vain for ' + what)
        time.sleep(0.02)


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as server:
        return server.getsockname()[1]


def project(port, mail_port):
    def file(name, kind='FileHandler', **params):
        return {'id': name, 'type': kind, 'params': {'filename': name, 'encoding': 'utf-8', 'formatter': {'format': ALL}, **params}}

    nodes = [
        {'id': 'python', 'type': 'SocketReceiver', 'params': {'port': port}},
        {'id': 'console', 'type': 'ConsoleHandler'},
        file('all.log'),
        file('sizes.log', 'RotatingFileHandler', maxBytes=4000, backupCount=3),
        file('days.log', 'TimedRotatingFileHandler', when='midnight', backupCount=7),
        {'id': 'held', 'type': 'MemoryHandler', 'params': {'capacity': 50, 'flushLevel': 'ERROR'}},
        file('held.log'),
        {'id': 'warnings', 'type': 'ExpressionFilter', 'params': {'expression': 'level >= WARNING'}},
        file('warnings.log', formatter={'format': '{levelname} {message}', 'style': '{'}),
        {'id': 'root', 'type': 'Logger', 'params': {'level': 'INFO'}},
        file('info.log'),
        {'id': 'last 20', 'type': 'MemoryHandler', 'params': {'capacity': 20, 'flushLevel': 'CRITICAL', 'flushOnClose': True}},
        {'id': 'mail', 'type': 'SMTPHandler', 'params': {'mailhost': ['127.0.0.1', mail_port], 'fromaddr': 'sluice@example.org', 'toaddrs': ['ops@example.org'],
                                                         'subject': 'Trouble', 'digest': True, 'formatter': {'format': ALL}}},
    ]
    wires = [{'from': 'python', 'to': to} for to in ('console', 'sizes.log', 'days.log', 'held', 'warnings', 'root', 'last 20')]
    wires += [{'from': 'held', 'port': 'target', 'to': 'held.log'}, {'from': 'warnings', 'to': 'warnings.log'}, {'from': 'root', 'to': 'info.log'},
              {'from': 'last 20', 'port': 'target', 'to': 'mail'}, {'from': 'python', 'to': 'all.log'}]
    return {'sluice': 2, 'name': 'Both', 'nodes': nodes, 'wires': wires}


def send(port):
    rnd = random.Random('the same for both')
    texts = [text for text in cases.TEXTS if text.isprintable() or '\n' in text]
    handler = logging.handlers.SocketHandler('127.0.0.1', port)
    created = 1700000000.25
    for number in range(RECORDS):
        created += rnd.choice([0.0, 0.000125, 0.7512, 61.5])
        level = rnd.choice([10, 20, 20, 20, 30, 30, 40] * 6 + [50])
        handler.handle(logging.makeLogRecord({
            'name': rnd.choice(cases.NAMES), 'levelno': level, 'levelname': logging.getLevelName(level), 'msg': '%d %s', 'args': (number, rnd.choice(texts)),
            'created': created, 'msecs': float(int(created % 1 * 1000)), 'pathname': '/srv/main.py', 'filename': 'main.py', 'module': 'main', 'funcName': 'main',
            'lineno': number, 'exc_text': rnd.choice([None] * 8 + ['Traceback (most recent call last):\n  File "x"\nValueError: \xe9']),
            'process': 4242, 'threadName': 'MainThread', 'user': {'id': number}}))
    handler.handle(logging.makeLogRecord({'name': 'end', 'levelno': 20, 'levelname': 'INFO', 'msg': 'this is the end', 'created': created, 'msecs': 0.0, 'process': 4242}))
    handler.close()


class MailServer:
    def __init__(self):
        self.process = subprocess.Popen(['/usr/bin/python3', str(root / 'tests' / 'handler' / 'mail_server.py'), 'plain', '', ''],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.lines = []
        self.reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True)
        self.reader.start()

    def mails(self):
        """Ends it: of all that were taken, the bytes but for the date."""
        self.process.stdin.close()
        self.reader.join()
        self.process.wait()
        return without_date([json.loads(line) for line in self.lines])


def without_date(taken):
    texts = [bytes.fromhex(mail['data']) for mail in taken]
    return [b'\r\n'.join(line for line in text.split(b'\r\n') if not line.startswith(b'Date: ')) for text in texts]


def run(command, folder, environment):
    """What a program leaves that runs the project in a folder: files by name, and mails."""
    folder.mkdir()
    server = MailServer()
    port = free_port()
    file = folder / 'both.sluice'
    file.write_text(json.dumps(project(port, server.port)))
    program = subprocess.Popen([*command, str(file)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder.parent)

    def listens():
        if program.poll() is not None:
            sys.exit('%s ended: %s' % (command[0], program.stderr.read().decode(errors='replace')))
        with socket.socket() as probe:
            return probe.connect_ex(('127.0.0.1', port)) == 0

    wait('the receiver of ' + command[0], listens)
    send(port)
    end = folder / 'all.log'
    wait('the last record in ' + command[0], lambda: end.exists() and b'this is the end' in end.read_bytes())
    program.send_signal(signal.SIGTERM)
    errors = program.stderr.read().decode(errors='replace')
    status = program.wait(60)
    if status != 0:
        sys.exit('%s ended with %d: %s' % (command[0], status, errors))
    left = {path.name: path.read_bytes() for path in folder.iterdir() if path != file}
    return left, server.mails()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--bin', required=True, type=pathlib.Path)
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    with tempfile.TemporaryDirectory(prefix='sluice-both-') as place:
        place = pathlib.Path(place)
        environment = dict(os.environ, TZ='Europe/London', QT_QPA_PLATFORM=os.environ.get('QT_QPA_PLATFORM', 'offscreen'),
                           **{key: str(place / key) for key in ('XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME')})
        ours, our_mails = run([str(options.bin / 'sluicectl'), 'run'], place / 'sluicectl', environment)
        window, window_mails = run([str(options.bin / 'sluice'), '--capture', 'none'], place / 'window', environment)
    wanted = {'all.log', 'sizes.log', 'sizes.log.1', 'sizes.log.2', 'sizes.log.3', 'days.log', 'held.log', 'warnings.log', 'info.log'}
    failures = []
    if set(ours) != wanted or set(window) != wanted:
        failures.append('files are %s and %s' % (sorted(ours), sorted(window)))
    failures += ['%s differs: %d and %d bytes' % (name, len(ours[name]), len(window[name])) for name in wanted if ours.get(name) != window.get(name)]
    failures += ['%s has but %d lines' % (name, ours[name].count(b'\n')) for name in ('all.log', 'held.log', 'days.log') if ours.get(name, b'').count(b'\n') < RECORDS + 1]
    if len(our_mails) < 2 or our_mails != window_mails:
        failures.append('mails: %d and %d, %s' % (len(our_mails), len(window_mails), 'the same' if our_mails == window_mails else 'different'))
    for line in failures:
        print(line)
    print('%d files of %d bytes and %d mails are the same' % (len(ours), sum(map(len, ours.values())), len(our_mails)) if not failures else 'different')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
