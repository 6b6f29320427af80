"""Prints "frame-in-hex json" of records as ordinary programs log them, made by logging itself."""
import json
import logging
import logging.handlers
import sys


class Show(logging.handlers.SocketHandler):
    def emit(self, record):
        frame = self.makePickle(record)
        d = dict(record.__dict__)
        d["exc_info"] = None
        d["args"] = None
        d["msg"] = record.getMessage()
        d.pop("message", None)
        print(frame.hex(), json.dumps(d))


show = Show("127.0.0.1", 1)
logging.getLogger().addHandler(show)
logging.getLogger().setLevel(1)


def program(path):
    source = '''
import logging
log = logging.getLogger("app.db")
def connect(host):
    log.info("connecting to %s", host)
    log.debug("plain")
    log.warning("wörld 日本", extra={"user": "ada", "n": 5, "ratio": 0.5, "big": 2**40, "neg": -1, "ok": True, "none": None})
    log.log(35, "custom level %d%%", 50)
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
    log.error("with stack", stack_info=False)
    log.critical("x", extra={"empty": "", "also": "", "one": "x", "list": [1, "two", ["x"]], "tuple": (1, 2), "dict": {"k": "v"}, "deep": {"a": {}, "b": []}})
def main():
    log = logging.getLogger("main")
    log.info("main")
    log.info("")
    log.info("INFO", extra={"levels": "INFO", "who": "MainThread"})
    logging.info("to the root")
    log.info("many", extra={"f%d" % i: i * 37 for i in range(300)})
connect("db.example")
main()
'''
    exec(compile(source, path, "exec"), {"__name__": "__main__"})


for path in ("/srv/app/db.py", "main.py", "/usr/bin/tool", "script"):
    program(path)
