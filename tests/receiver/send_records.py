"""A program that logs through SocketHandler: send_records.py PORT|SOCKET COUNT

Prints the dictionary of each record as JSON, as the receiving side should have it.
"""
import json
import logging
import logging.handlers
import sys


class Handler(logging.handlers.SocketHandler):
    def send(self, data):
        super().send(data)
        if self.sock is None:
            sys.exit("the connection was lost")

    def emit(self, record):
        super().emit(record)
        d = dict(record.__dict__)
        d["msg"] = record.getMessage()
        d["args"] = None
        d["exc_info"] = None
        d.pop("message", None)
        lines.append(json.dumps(d, ensure_ascii=False))


lines = []
handler = Handler("127.0.0.1", int(sys.argv[1])) if sys.argv[1].isdigit() else Handler(sys.argv[1], None)
logging.getLogger().addHandler(handler)
logging.getLogger().setLevel(logging.DEBUG)
for i in range(int(sys.argv[2])):
    log = logging.getLogger("app.part%d" % (i % 7))
    if i % 10 == 3:
        try:
            {}["größe"]
        except KeyError:
            log.exception("failed %d", i)
    elif i % 10 == 6:
        log.warning("wörld 日本 😀 %d", i, extra={"user": "ada", "n": i, "ratio": i / 7, "tags": ["a", {"b": None}], "big": 2**70 + i})
    elif i % 1000 == 17:
        log.error("long " + "x" * 300_000)
    else:
        log.info("record %d of %s", i, sys.argv[2], stack_info=i % 50 == 1)
handler.close()
sys.stdout.write("\n".join(lines) + "\n")
