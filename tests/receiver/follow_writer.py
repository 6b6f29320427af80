"""Writes numbered lines to a file, as a program that logs does: follow_writer.py PATH COUNT append|watched|python
append: keeps the file open in mode "a". watched: logging's WatchedFileHandler, which opens the file anew when it has been renamed.
rotating: logging's RotatingFileHandler with small files. Every tenth record has a traceback. A pause of a millisecond after each ten."""
import logging
import logging.handlers
import sys
import time

path, count, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
if how == "rotating":
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=20000, backupCount=100)
elif how == "watched":
    handler = logging.handlers.WatchedFileHandler(path)
else:
    handler = logging.FileHandler(path)
handler.setFormatter(logging.Formatter("%(asctime)s - %(name)s - %(levelname)s - %(message)s"))
logger = logging.getLogger("app")
logger.addHandler(handler)
logger.setLevel(logging.DEBUG)
for i in range(count):
    if i % 10 == 9:
        try:
            raise KeyError(i)
        except KeyError:
            logger.exception("line %d", i)
        time.sleep(0.001)
    else:
        logger.info("line %d", i)
