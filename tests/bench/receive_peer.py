"""The logging cookbook's socket receiver with a NullHandler: receive_peer.py COUNT

Prints its port, and the monotonic time at which COUNT records had been handled.
"""
import logging
import logging.handlers
import pickle
import socketserver
import struct
import sys
import threading
import time

handled = 0
done = threading.Event()


class LogRecordStreamHandler(socketserver.StreamRequestHandler):
    def handle(self):
        global handled
        while True:
            chunk = self.connection.recv(4)
            if len(chunk) < 4:
                break
            slen = struct.unpack('>L', chunk)[0]
            chunk = self.connection.recv(slen)
            while len(chunk) < slen:
                chunk = chunk + self.connection.recv(slen - len(chunk))
            obj = self.unPickle(chunk)
            record = logging.makeLogRecord(obj)
            self.handleLogRecord(record)
            handled += 1
        done.set()

    def unPickle(self, data):
        return pickle.loads(data)

    def handleLogRecord(self, record):
        logger = logging.getLogger(record.name)
        logger.handle(record)


class LogRecordSocketReceiver(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


logging.getLogger().addHandler(logging.NullHandler())
with LogRecordSocketReceiver(('127.0.0.1', 0), LogRecordStreamHandler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    done.wait()
    ended = time.monotonic()
    if handled != int(sys.argv[1]):
        sys.exit('%d records arrived' % handled)
    print(repr(ended), flush=True)
    server.shutdown()
