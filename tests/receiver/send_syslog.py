"""A program that logs through SysLogHandler: send_syslog.py udp|tcp PORT COUNT, or unix SOCKET COUNT

Prints level and message of each record as JSON, as the receiving side should have them. Over UDP it waits for
the reader now and then.
"""
import json
import logging
import logging.handlers
import socket
import sys

from udp_pace import wait_until_read

kind, where, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if kind == "unix":
    handler = logging.handlers.SysLogHandler(where, facility="local3")
else:
    handler = logging.handlers.SysLogHandler(
        ("127.0.0.1", int(where)), facility="local3", socktype=socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM)


def failed(record):
    raise SystemExit("a record could not be sent")


handler.handleError = failed
logging.getLogger().addHandler(handler)
logging.getLogger().setLevel(logging.DEBUG)
levels = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]
lines = []
for i in range(count):
    level = levels[i % 5]
    message = "record %d" % i
    if i % 10 == 3:
        message += "\n  with a second line\n<and a third"
    elif i % 10 == 6:
        message += " wörld 日本 😀"
    elif i % 1000 == 17:
        message += " " + "x" * (60_000 if kind == "udp" else 150_000)
    logging.getLogger("app.part%d" % (i % 7)).log(level, "%s", message)
    lines.append(json.dumps([logging.getLevelName(level), message], ensure_ascii=False))
    if kind == "udp" and i % 20 == 19:
        wait_until_read(int(where))
handler.close()
sys.stdout.write("\n".join(lines) + "\n")
