"""file_peer.py FILE RECORDS: the records of FileBench.cpp through CPython's FileHandler; prints the records per second."""

import logging
import sys
import time

path, count = sys.argv[1], int(sys.argv[2])
records = []
for i in range(count):
    created = 1700000000.0 + i * 0.000137
    records.append(logging.makeLogRecord(dict(
        name='server.request', msg='GET %s took %d ms', args=('/static/index.html', i), levelname='INFO', levelno=20,
        created=created, msecs=float(int((created - int(created)) * 1000)))))
handler = logging.FileHandler(path, 'w', encoding='utf-8')
handler.setFormatter(logging.Formatter('%(asctime)s %(levelname)s %(name)s %(message)s'))
start = time.perf_counter()
for record in records:
    handler.handle(record)
print('%.0f' % (count / (time.perf_counter() - start)))
