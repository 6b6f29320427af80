"""Records as CPython's SocketHandler sends them: record_cases.py SEED COUNT.

Prints lines "protocol pickle-in-hex canonical-of-dictionary json". Protocol 1 is makePickle itself; of the others
the same dictionary pickled.
"""
import json
import logging
import logging.handlers
import pickle
import random
import sys

import canonical

rng = random.Random(int(sys.argv[1]))
handler = logging.handlers.SocketHandler("127.0.0.1", 1)


def plain_key(i):
    return rng.choice(["user", "request_id", "größe", "n"]) + (str(i) if i else "")


def make(i):
    level = rng.choice([10, 20, 30, 40, 50, 35, 5])
    path = rng.choice(["/srv/app/main.py", "main.py", "<stdin>", "script", "/usr/lib/größe/modul.py", ""])
    name = rng.choice(["app", "app.db", "main", "root", "größe.ä", "INFO"])
    msg, args = rng.choice([("plain", ()), ("hello %s", ("wörld",)), ("%d of %d", (3, 4)), ("日本 😀", ()), ("", ()), ("x", ()),
                            ("a %(b)s", ({"b": 1},)), ("long " * 200, ())])
    exc = None
    if rng.random() < .2:
        try:
            raise ValueError("bad é")
        except ValueError:
            exc = sys.exc_info()
    extra = {plain_key(k): canonical.scalar(rng, plain=True) if rng.random() < .8 else canonical.value(rng, 2)
             for k in range(rng.choice([0, 0, 1, 3, 8]))}
    logger = logging.getLogger(name)
    stack = "Stack (most recent call last):\n  x" if rng.random() < .1 else None
    return logger.makeRecord(name, level, path, rng.choice([0, 7, 255, 256, 65536, 10**10]), msg, args, exc,
                             rng.choice(["run", "<module>", None, "main"]), extra, stack)


for i in range(int(sys.argv[2])):
    record = make(i)
    frame = handler.makePickle(record)[4:]
    d = pickle.loads(frame)
    try:
        text = json.dumps(d, ensure_ascii=True)
    except TypeError:
        text = ""
    protocol = i % 6
    print(protocol, (frame if protocol == 1 else pickle.dumps(d, protocol)).hex(), canonical.canonical(d), text)
