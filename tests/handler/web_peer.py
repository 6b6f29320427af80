"""Sends random records with CPython's own HTTPHandler.  argv: port, GET or POST, url, CA file or "", "user password" or "", count.

Writes the dictionary of each record as a pickle in hex.
"""
import logging, logging.handlers, pickle, random, ssl, sys

port, method, url, ca, credentials, count = sys.argv[1:]
rng = random.Random(port)
handler = logging.handlers.HTTPHandler("localhost:" + port, url, method, secure=bool(ca),
                                       credentials=tuple(credentials.split()) or None,
                                       context=ssl.create_default_context(cafile=ca) if ca else None)
logging.raiseExceptions = True
TEXTS = ["", "plain", "a b+c&d=e", "größe", "日本 😀", "line\nend\r\n", "100%", "~-_.!*'()", "\x00\x7f", "long " * 500]
VALUES = [None, True, 0, -5, 10**30, 1.5, float("inf"), float("nan"), 1e-7, b"by\xff te", (), (1,), [1, "x", None], {"k": (1, 2.0)},
          {"a"}, "text", "ü&="]
for number in range(int(count)):
    record = logging.LogRecord(rng.choice(["app", "app.db", "größe"]), rng.choice([10, 20, 30, 40, 50, 35]),
                               rng.choice(["/srv/main.py", "x y.py"]), rng.randrange(1000), rng.choice(TEXTS),
                               rng.choice([(), ("a", 1), ({"n": 5},), (b"x", None, 2.5)]), None, rng.choice(["run", None]),
                               rng.choice([None, "Stack:\n  x"]))
    if rng.random() < .3:
        record.exc_text = "Traceback:\n  bad é"
    for key in rng.sample(["user", "größe", "two words", "n&m", "message"], rng.randrange(4)):
        setattr(record, key, rng.choice(VALUES))
    print(pickle.dumps(record.__dict__, 4).hex())
    handler.handle(record)
