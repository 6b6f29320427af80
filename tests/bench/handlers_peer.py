"""handlers_peer.py CLASS FILE RECORDS WAY: the records of HandlersBench.cpp through CPython's handlers, with a flush for each; prints the
records per second until all are in the file. WAY: handle (records that are there) or log (made by a logger)."""

import logging
import logging.handlers
import queue
import sys
import time

kind, path, count, way = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
records = []
for i in range(10_000):
    created = 1700000000.0 + i * 0.000137
    records.append(logging.makeLogRecord(dict(
        name='server.request', msg='GET %s took %d ms', args=('/static/index.html', i), levelname='INFO', levelno=20,
        created=created, msecs=float(int((created - int(created)) * 1000)))))
if kind == 'rotating':
    file = logging.handlers.RotatingFileHandler(path, maxBytes=20_000_000, backupCount=3, encoding='utf-8')
elif kind == 'timed':
    file = logging.handlers.TimedRotatingFileHandler(path, backupCount=3, encoding='utf-8')
elif kind == 'watched':
    file = logging.handlers.WatchedFileHandler(path, encoding='utf-8')
else:
    file = logging.FileHandler(path, encoding='utf-8')
file.setFormatter(logging.Formatter('%(asctime)s %(levelname)s %(name)s %(message)s'))
handler, listener = file, None
if kind == 'memory':
    handler = logging.handlers.MemoryHandler(256, target=file)
start = time.perf_counter()
if kind == 'queue':
    handler = logging.handlers.QueueHandler(queue.Queue(-1))
    listener = logging.handlers.QueueListener(handler.queue, file)
    listener.start()
if way == 'log':
    logger = logging.getLogger('server.request')
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    for i in range(count):
        logger.info('GET %s took %d ms', '/static/index.html', i % 10_000)
else:
    for i in range(count):
        handler.handle(records[i % 10_000])
handler.flush()
if listener:
    listener.stop()
print('%.0f' % (count / (time.perf_counter() - start)))
