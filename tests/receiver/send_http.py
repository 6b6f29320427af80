"""A program that logs through HTTPHandler: send_http.py METHOD HOST:PORT COUNT [USER PASSWORD] [CAFILE]

Prints the dictionary of each record as JSON, as the receiving side should have it.
"""
import json
import logging
import logging.handlers
import ssl
import sys

ATTRIBUTES = ["name", "msg", "args", "levelname", "levelno", "pathname", "filename", "module", "exc_info", "exc_text", "stack_info", "lineno",
              "funcName", "created", "msecs", "relativeCreated", "thread", "threadName", "processName", "process"]


class Handler(logging.handlers.HTTPHandler):
    def handleError(self, record):
        raise

    def getConnection(self, host, secure):
        connection = super().getConnection(host, secure)
        getresponse = connection.getresponse

        def answered():
            response = getresponse()
            if response.status != 204:
                sys.exit("answered %d %s" % (response.status, response.read()))
            return response

        connection.getresponse = answered
        return connection

    def emit(self, record):
        super().emit(record)
        d = dict(record.__dict__)
        expected = {}
        for key in ATTRIBUTES:
            value = d.pop(key)
            if key == "args":
                arguments, value = value, []
            elif key == "exc_info" and value is not None:
                value = str(value)
            expected[key] = value
        if arguments:
            expected["args_text"] = str(arguments)
        expected.update((key, str(value)) for key, value in d.items())
        lines.append(json.dumps(expected, ensure_ascii=False))


lines = []
method, host, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
credentials = tuple(sys.argv[4:6]) if len(sys.argv) > 5 else None
context = ssl.create_default_context(cafile=sys.argv[6]) if len(sys.argv) > 6 else None
handler = Handler(host, "/log?from=python" if count % 2 else "/log", method, secure=context is not None, credentials=credentials, context=context)
logging.getLogger().addHandler(handler)
logging.getLogger().setLevel(logging.DEBUG)
for i in range(count):
    log = logging.getLogger("app.part%d" % (i % 7))
    if i % 10 == 3:
        try:
            {}["größe"]
        except KeyError:
            log.exception("failed %d & =%%+", i)
    elif i % 10 == 6:
        log.warning("wörld 日本 😀 %d", i, extra={"user": "ada", "n": i, "nothing": None, "tags": ["a", {"b": None}]})
    elif i % 50 == 17:
        log.error("long " + "x" * (300_000 if method == "POST" else 30_000))
    else:
        log.info("record %d of %s", i, sys.argv[3], stack_info=i % 50 == 1)
sys.stdout.write("\n".join(lines) + "\n")
