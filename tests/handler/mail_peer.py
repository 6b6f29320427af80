"""Sends records with CPython's own SMTPHandler.  argv: kind, port, JSON list of texts."""
import json, logging, logging.handlers, sys

kind, port, texts = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
more = {}
if kind != "plain":
    more["credentials"] = ("user", "sec:ret")
if kind == "starttls":
    more["secure"] = ()
handler = logging.handlers.SMTPHandler(("127.0.0.1", port), "Logs <logs@example.com>", ["ops@example.com", "Jörg <j@example.com>"],
                                       "Störung: disk is full", **more)
logging.raiseExceptions = True
for text in texts:
    handler.handle(logging.makeLogRecord({"msg": text}))
