"""A program that logs through DatagramHandler: send_datagrams.py PORT|SOCKET COUNT

Prints the dictionary of each record as JSON, as the receiving side should have it. Over UDP it waits
for the reader now and then.
"""
import json
import logging
import logging.handlers
import sys

from udp_pace import wait_until_read


class Handler(logging.handlers.DatagramHandler):
    def emit(self, record):
        super().emit(record)
        d = dict(record.__dict__)
        d["msg"] = record.getMessage()
        d["args"] = None
        d["exc_info"] = None
        d.pop("message", None)
        lines.append(json.dumps(d, ensure_ascii=False))

    def handleError(self, record):
        raise


lines = []
over_udp = sys.argv[1].isdigit()
handler = Handler("127.0.0.1", int(sys.argv[1])) if over_udp else Handler(sys.argv[1], None)
logging.getLogger().addHandler(handler)
logging.getLogger().setLevel(logging.DEBUG)
for i in range(int(sys.argv[2])):
    log = logging.getLogger("app.part%d" % (i % 7))
    if i % 10 == 6:
        log.warning("wörld 日本 😀 %d", i, extra={"user": "ada", "n": i, "tags": ["a", {"b": None}]})
    elif i % 1000 == 17:
        log.error("long " + "x" * (60_000 if over_udp else 150_000))
    else:
        log.info("record %d of %s", i, sys.argv[2])
    if over_udp and i % 20 == 19:
        wait_until_read(int(sys.argv[1]))
handler.close()
sys.stdout.write("\n".join(lines) + "\n")
