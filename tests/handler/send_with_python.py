"""CPython's own handler sends records: send_with_python.py JSON

JSON: {"class": name in logging.handlers, "arguments": {...}, "attributes": {...}, "formatter": {...}}; records come as JSON lines on the standard
input. "SOCK_STREAM" and "SOCK_DGRAM" stand for the constants.
"""
import json
import logging
import logging.handlers
import socket
import sys

logging.raiseExceptions = False
what = json.loads(sys.argv[1])
arguments = {k: getattr(socket, v) if isinstance(v, str) and v.startswith("SOCK_") else tuple(v) if isinstance(v, list) else v
             for k, v in what["arguments"].items()}
handler = getattr(logging.handlers, what["class"])(**arguments)
for name, value in what.get("attributes", {}).items():
    setattr(handler, name, value)
if "formatter" in what:
    handler.setFormatter(logging.Formatter(what["formatter"]))
for line in sys.stdin.buffer:
    handler.handle(logging.makeLogRecord(json.loads(line)))
handler.close()
