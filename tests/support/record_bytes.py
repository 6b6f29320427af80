"""A peer that keeps what it is sent: record_bytes.py tcp|udp|udp6|unix-stream|unix-datagram [PATH]

Prints where it listens (a port, or the path), then a line for each connection that has ended, or each datagram: the bytes in hex.
Ends when its standard input does and nothing more has come for a moment; connections that are open then are printed too.
"""
import os
import select
import socket
import sys

kind = sys.argv[1]
if kind in ("tcp", "unix-stream"):
    server = socket.socket(socket.AF_INET if kind == "tcp" else socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(("127.0.0.1", 0) if kind == "tcp" else sys.argv[2])
    server.listen(16)
else:
    family = {"udp": socket.AF_INET, "udp6": socket.AF_INET6}.get(kind, socket.AF_UNIX)
    server = socket.socket(family, socket.SOCK_DGRAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    server.bind({"udp": ("127.0.0.1", 0), "udp6": ("::1", 0)}.get(kind) or sys.argv[2])
print(server.getsockname()[1] if kind in ("tcp", "udp", "udp6") else sys.argv[2], flush=True)

streams = {}
ending = False
while True:
    waiting = [server, *streams] + ([] if ending else [0])
    ready, _, _ = select.select(waiting, [], [], 0.2 if ending else None)
    if not ready:
        break
    for one in ready:
        if one == 0:
            ending = not os.read(0, 4096)
        elif one is server and kind in ("tcp", "unix-stream"):
            streams[server.accept()[0]] = bytearray()
        elif one is server:
            print(server.recv(1 << 20).hex(), flush=True)
        else:
            try:
                data = one.recv(1 << 20)
            except ConnectionError:
                data = b""
            if data:
                streams[one] += data
            else:
                print(streams.pop(one).hex(), flush=True)
                one.close()
for received in streams.values():
    print(received.hex(), flush=True)
