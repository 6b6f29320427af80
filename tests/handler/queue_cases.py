"""What CPython's QueueHandler and QueueListener make of records: queue_cases.py FORMAT < records.jsonl

Reads makeLogRecord dictionaries, one a line; prints each record as the listener's handler gets it, as a JSON object.
"""
import json
import logging
import logging.handlers
import queue
import sys


class Printing(logging.Handler):
    def emit(self, record):
        fields = dict(record.__dict__)
        del fields['message']  # what every formatter leaves; no attribute of a record here
        print(json.dumps(fields, ensure_ascii=False))


handler = logging.handlers.QueueHandler(queue.Queue())
handler.setFormatter(logging.Formatter(sys.argv[1]))
listener = logging.handlers.QueueListener(handler.queue, Printing())
listener.start()
for line in sys.stdin:
    handler.handle(logging.makeLogRecord(json.loads(line)))
listener.stop()
