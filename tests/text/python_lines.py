"""Logs with Python's logging in many formats, tracebacks and all: for each format a JSON line with the format, its style, its
datefmt, the text that was written, and what the records were."""
import io
import json
import logging
import sys

FORMATS = [
    (logging.BASIC_FORMAT, None, "%"),
    ("%(asctime)s - %(name)s - %(levelname)s - %(message)s", None, "%"),
    ("%(asctime)s %(levelname)s %(name)s: %(message)s", None, "%"),
    ("%(asctime)s [%(levelname)s] %(name)s: %(message)s", None, "%"),
    ("%(asctime)s %(name)-12s %(levelname)-8s %(message)s", None, "%"),
    ("%(asctime)s %(levelname)8s %(name)s | %(message)s", None, "%"),
    ("[%(asctime)s] %(levelname)s in %(module)s: %(message)s", None, "%"),
    ("%(asctime)s.%(msecs)03d %(process)d %(threadName)s %(levelname)s %(name)s %(message)s", "%Y-%m-%d %H:%M:%S", "%"),
    ("%(asctime)s %(levelname)-8s [%(name)s:%(lineno)d] %(funcName)s %(message)s", "%d/%b/%Y %H:%M:%S %z", "%"),
    ("%(asctime)s|%(levelno)s|%(name)s|%(user)s|%(message)s", "%I:%M:%S %p %d.%m.%y", "%"),
    ("%(created)f %(levelname)s %(name)s %(message)s", None, "%"),
    ("{asctime} {levelname:<8} {name}: {message}", None, "{"),
    ("{levelname:>8} {asctime} {name:^20} {process:d} {message}", "%A %d %B %Y %H:%M:%S", "{"),
    ("$asctime $levelname ${name}: $message", None, "$"),
    ("%(message)s (%(name)s, %(levelname)s)", None, "%"),
]
MESSAGES = ["started", "a - b: c [d] {e}", "", "  indented", "Grüße aus Köln 🎉", "100% done", "two\nlines: here", "ERROR:root:not me"]


def fail(depth):
    if depth:
        fail(depth - 1)
    raise ValueError("bad\nvalue")


def records(handler, out):
    base = 1767323045.0
    for i, message in enumerate(MESSAGES):
        for name in ("root", "app.db.pool"):
            level = [10, 20, 30, 40, 50][i % 5]
            record = logging.LogRecord(name, level, "/srv/app/main.py", 10 + i, message, None, None, "work")
            record.created = base + i * 3601 + i * 0.123
            record.msecs = float(int((record.created - int(record.created)) * 1000 + 0.5))
            record.user = "ada"
            if i % 4 == 3:
                try:
                    fail(i)
                except ValueError:
                    record.exc_info = sys.exc_info()
            handler.handle(record)
            out.append({"name": name, "levelno": level, "levelname": logging.getLevelName(level), "msg": message,
                        "exc_text": record.exc_text, "created": record.created, "msecs": record.msecs})


for text, datefmt, style in FORMATS:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(text, datefmt, style))
    wanted = []
    records(handler, wanted)
    print(json.dumps({"format": text, "datefmt": datefmt, "style": style, "text": stream.getvalue(), "records": wanted}))
