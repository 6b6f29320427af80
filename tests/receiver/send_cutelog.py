"""Clients of cutelog: send_cutelog.py FORMAT PORT COUNT

FORMAT is pickle (CPython's SocketHandler), json, msgpack, cbor, or all (a connection that changes its mind). Prints the values of each
record that the receiving side should have, as JSON: name, msg, levelname, levelno, created, and an extra field or None.
"""
import json
import logging
import logging.handlers
import pickle
import socket
import struct
import sys

import cbor2
import msgpack

FORMATS = {"json": lambda d: json.dumps(d).encode(), "msgpack": msgpack.packb, "cbor": cbor2.dumps, "pickle": lambda d: pickle.dumps(d, 4)}
LEVELS = [("debug", "DEBUG", 10), ("INFO", "INFO", 20), ("warn", "WARNING", 30), ("Error", "ERROR", 40), ("fatal", "CRITICAL", 50),
          ("panic", "CRITICAL", 50), ("trace", "TRACE", 5)]

form, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
expected = []


def frame(payload):
    return struct.pack(">L", len(payload)) + payload


if form == "pickle":
    class Handler(logging.handlers.SocketHandler):
        def emit(self, record):
            super().emit(record)
            expected.append([record.name, record.getMessage(), record.levelname, record.levelno, record.created, record.__dict__.get("user")])

    handler = Handler("127.0.0.1", port)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    for i in range(count):
        logging.getLogger("app.%d" % (i % 3)).log(10 + 10 * (i % 5), "wörld %d 100%%", i, extra={"user": "ada"} if i % 2 else None)
    handler.close()
else:
    with socket.create_connection(("127.0.0.1", port)) as s:
        for i in range(count):
            name = ["json", "msgpack", "cbor", "pickle"][i % 4] if form == "all" else form
            if form == "all" or i == 0:
                s.sendall(frame(b"!!cutelog!!format=" + name.encode()) + frame(b"") + frame(b"!!cutelog!!other=value"))
            word, levelname, levelno = LEVELS[i % len(LEVELS)]
            created = 1700000000 + i / 4
            d = {"name": "app.go", "message": "größe %d 100%" if i % 2 else "%s", "level": word, "time": created, "user": {"id": i, "tags": ["a", None]}}
            if i % 3 == 1:
                d["msg"] = d.pop("message")
                d["levelname"] = d.pop("level")
                d["created"] = d.pop("time")
            elif i % 3 == 2:
                d.update(msg="not this", args=[1], time="2023-11-14T22:13:20.250Z")
                created = 1700000000.25
            s.sendall(frame(FORMATS[name](d)))
            expected.append([d["name"], d.get("message", d["msg"] if "msg" in d else None), levelname, levelno, created, d["user"]])
for line in expected:
    print(json.dumps(line, ensure_ascii=False))
