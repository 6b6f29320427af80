#!/usr/bin/python3
"""What SocketHandler, DatagramHandler and SysLogHandler of sluicectl send, compared with what CPython's send.

    tests/conformance/wires.py [--sluicectl PROGRAM] [--seeds 1-60]

For each seed: a random dictConfig with one of the three handlers towards a server here (TCP, UDP or a Unix socket), and random records. CPython
and `sluicectl run --input` handle the same lines. Syslog messages must be the same bytes; pickles must be in the same frames and
hold equal dictionaries, in the same order (their bytes differ where CPython's memo goes by the identity of objects). `-v` prints every seed.
"""

import argparse
import json
import os
import pathlib
import pickle
import random
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

import cases
import run

here = pathlib.Path(__file__).resolve().parent

FACILITIES = ['kern', 'user', 'mail', 'authpriv', 'solaris-cron', 'local0', 'local7']


class Server:
    """Keeps what it is sent: the bytes of each connection, or each datagram."""

    def __init__(self, kind, path):
        self.family = socket.AF_UNIX if kind.startswith('unix') else socket.AF_INET
        self.type = socket.SOCK_STREAM if kind in ('tcp', 'unix-stream') else socket.SOCK_DGRAM
        self.socket = socket.socket(self.family, self.type)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.socket.bind(path if self.family == socket.AF_UNIX else ('127.0.0.1', 0))
        self.address = self.socket.getsockname()
        if self.type == socket.SOCK_STREAM:
            self.socket.listen(64)
        self.received = []
        self.ended = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        streams = {}
        ending = False
        while not ending or streams:
            for one in select.select([self.socket, *streams], [], [])[0]:
                if one is self.socket and self.type == socket.SOCK_STREAM:
                    streams[self.socket.accept()[0]] = bytearray()
                    continue
                data = one.recv(1 << 20)
                if data == b'the end':
                    ending = True
                elif one is self.socket:
                    self.received.append(data)
                elif data:
                    streams[one] += data
                if one is not self.socket and not data:
                    self.received.append(bytes(streams.pop(one)))
                    one.close()
        self.ended.set()

    def finish(self):
        """All that was sent by whoever has ended."""
        with socket.socket(self.family, self.type) as last:
            last.connect(self.address)
            last.sendall(b'the end')
        if not self.ended.wait(60):
            raise TimeoutError('a connection was left open')
        self.socket.close()
        return [data for data in self.received if data]


def handler(rnd):
    """A handler without its address, and the kind of server it needs."""
    kind = rnd.choice(['tcp', 'udp', 'unix-stream', 'unix-datagram'])
    if rnd.random() < 0.4:
        name = 'SocketHandler' if kind in ('tcp', 'unix-stream') else 'DatagramHandler'
        return {'class': 'logging.handlers.' + name}, kind
    config = {'class': 'logging.handlers.SysLogHandler'}
    facility = rnd.choice([None, rnd.randrange(24), rnd.choice(FACILITIES), 'ext://logging.handlers.SysLogHandler.LOG_LOCAL3'])
    if facility is not None:
        config['facility'] = facility
    if kind == 'tcp' or rnd.random() < 0.5:
        config['socktype'] = 'ext://socket.' + ('SOCK_STREAM' if kind in ('tcp', 'unix-stream') else 'SOCK_DGRAM')
    attributes = {}
    if rnd.random() < 0.4:
        attributes['ident'] = rnd.choice(['app: ', 'é', ''])
    if rnd.random() < 0.4:
        attributes['append_nul'] = rnd.choice([True, False])
    if attributes:
        config['.'] = attributes
    return config, kind


def configuration(rnd):
    config, kind = handler(rnd)
    formatters = {'f': cases.formatter(rnd)}
    filters = {'only': {'name': rnd.choice(cases.NAMES)}}
    cases.common(rnd, config, ['f'], ['only'] if rnd.random() < 0.3 else [])
    return {'version': 1, 'formatters': formatters, 'filters': filters, 'handlers': {'out': config},
            'root': {'level': rnd.choice(cases.LEVELS), 'handlers': ['out']}}, kind


def address(config, server):
    """The configuration with the server's address."""
    config = json.loads(json.dumps(config))
    out = config['handlers']['out']
    unix = server.family == socket.AF_UNIX
    if 'SysLog' in out['class']:
        out['address'] = server.address if unix else list(server.address)
    else:
        out['host'], out['port'] = (server.address, None) if unix else server.address
    return config


def pickles(sent):
    """(length, dictionary) of each frame, in order; with repr, which tells types apart and NaN alike."""
    frames = []
    for data in sent:
        while data:
            (length,) = struct.unpack('>L', data[:4])
            frames.append(repr(pickle.loads(data[4:4 + length])))
            data = data[4 + length:]
    return frames


def compare(seed, sluicectl, folder):
    rnd = random.Random('sluice wires %d' % seed)
    config, kind = configuration(rnd)
    clock = [1.7e9, []]
    records = [cases.record(rnd, clock) for _ in range(rnd.choice([1, 20, 200]))]
    folder.mkdir()
    (folder / 'records.jsonl').write_text(''.join(json.dumps(record) + '\n' for record in records))
    sent = []
    said = ''
    for side in 'cpython', 'sluice':
        (folder / side).mkdir()
        server = Server(kind, str(folder / side / 'log'))
        (folder / 'config.json').write_text(json.dumps(address(config, server)))
        if side == 'cpython':
            if not run.run_reference(folder / side, 'UTC'):
                return ['CPython refused the case, see above'], 0
        else:
            ours = subprocess.run([sluicectl, 'run', '../config.json', '--input', '../records.jsonl'], cwd=folder / side,
                                  env=dict(os.environ, TZ='UTC'), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
            said = ours.stderr.decode(errors='replace')
            if ours.returncode not in (0, 3):
                return ['sluicectl ended with %d: %s' % (ours.returncode, said)], 0
        sent.append(server.finish())
    python, sluice = sent
    size = sum(map(len, python))
    if 'SysLog' not in config['handlers']['out']['class']:
        python, sluice = pickles(python), pickles(sluice)
    for number, (one, other) in enumerate(zip(python, sluice)):
        if one != other:
            at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
            return ['%s: %d differs from %d on\n    CPython: %r\n    Sluice:  %r' % (
                kind, number, at, one[max(0, at - 60):at + 60], other[max(0, at - 60):at + 60]), said[:1500]], size
    if len(python) != len(sluice):
        return ['%s: CPython sent %d, Sluice %d' % (kind, len(python), len(sluice)), said[:1500]], size
    return [], size


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sluicectl', default=str(here.parent.parent / 'build' / 'dev' / 'bin' / 'sluicectl'))
    parser.add_argument('--seeds', default='1-60', metavar='A-B')
    parser.add_argument('-v', action='store_true')
    options = parser.parse_args()
    first, _, last = options.seeds.partition('-')
    seeds = range(int(first), int(last or first) + 1)
    # Short, for the path of a Unix socket is.
    folder = pathlib.Path(tempfile.mkdtemp(prefix='sluice-wires-')).resolve()
    failed, compared = [], 0
    for seed in seeds:
        place = folder / str(seed)
        found, size = compare(seed, os.path.abspath(options.sluicectl), place)
        compared += size
        if options.v:
            print('seed %d: %d bytes' % (seed, size))
        if found:
            failed.append(seed)
            print('seed %d differs' % seed)
            for line in found:
                print('  ' + line)
    shutil.rmtree(folder)
    print('%d of %d cases are the same, %d bytes compared' % (len(seeds) - len(failed), len(seeds), compared))
    # Cases in which nothing is sent would prove nothing.
    return 1 if failed or compared < 1000 * len(seeds) else 0


if __name__ == '__main__':
    sys.exit(main())
