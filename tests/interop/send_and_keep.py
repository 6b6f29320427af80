"""Logs COUNT records over SocketHandler to PORT and, with the same format, into FILE by Python's own FileHandler."""

import logging
import logging.handlers
import random
import sys

FORMAT = "%(asctime)s.%(msecs)03d %(levelname)-8s [%(threadName)s/%(process)d] %(name)s %(filename)s:%(lineno)d " \
         "%(funcName)s %(message)s"

TEXTS = ("plain text", "Grüße aus Köln", "日本語のログ", "emoji 🚀 and \u00e9", "tab\tand \"quotes\" \\ and % signs",
         "two\nlines", "", "x" * 2000)


def fail(depth):
    if depth:
        fail(depth - 1)
    raise ValueError("it failed: ünïcode")


def main(port, file, count):
    chosen = random.Random(9020)
    logging.addLevelName(25, "NOTICE")
    root = logging.getLogger()
    root.setLevel(logging.DEBUG)
    socket_handler = logging.handlers.SocketHandler("127.0.0.1", port)
    socket_handler.closeOnError = False
    file_handler = logging.FileHandler(file, encoding="utf-8")
    file_handler.setFormatter(logging.Formatter(FORMAT, "%Y-%m-%d %H:%M:%S"))
    root.addHandler(socket_handler)
    root.addHandler(file_handler)
    for number in range(count):
        logger = logging.getLogger(chosen.choice(("app", "app.db", "app.http", "worker.7", "данные")))
        level = chosen.choice((10, 20, 25, 30, 40, 50))
        text = chosen.choice(TEXTS)
        kind = chosen.random()
        if kind < 0.05:
            try:
                fail(chosen.randrange(5))
            except ValueError:
                logger.exception("record %d: %s", number, text)
        elif kind < 0.1:
            logger.log(level, "record %(number)d: %(text)s", {"number": number, "text": text}, stack_info=True)
        elif kind < 0.3:
            logger.log(level, "record %d: %s", number, text,
                       extra={"user": "ada", "order": {"id": number, "items": ["a", "é", None, 1.5, True]}, "big": 10 ** 30})
        else:
            logger.log(level, "record %5d: %r", number, text)
    logging.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
