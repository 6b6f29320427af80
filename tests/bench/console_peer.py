"""A receiver of the kind that Python users have: a socket, unpickle, append to a table model, follow the end.

    console_peer.py COUNT

Prints its port, and the monotonic time at which COUNT records were on the screen.
"""
import logging
import pickle
import struct
import sys
import threading
import time

import socketserver
from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QApplication, QTableView

expected = int(sys.argv[1])


class Bridge(QObject):
    received = pyqtSignal(object)


class Records(QAbstractTableModel):
    COLUMNS = ('created', 'levelname', 'name', 'message')

    def __init__(self):
        super().__init__()
        self.records = []

    def rowCount(self, parent=QModelIndex()):
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent=QModelIndex()):
        return len(self.COLUMNS)

    def headerData(self, section, orientation, role=Qt.DisplayRole):
        if role == Qt.DisplayRole and orientation == Qt.Horizontal:
            return self.COLUMNS[section]

    def data(self, index, role=Qt.DisplayRole):
        if role == Qt.DisplayRole:
            record = self.records[index.row()]
            column = self.COLUMNS[index.column()]
            if column == 'created':
                return time.strftime('%H:%M:%S', time.localtime(record.created))
            return getattr(record, column)

    def append(self, record):
        record.message = record.getMessage()
        at = len(self.records)
        self.beginInsertRows(QModelIndex(), at, at)
        self.records.append(record)
        self.endInsertRows()


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            chunk = self.rfile.read(4)
            if len(chunk) < 4:
                break
            payload = self.rfile.read(struct.unpack('>L', chunk)[0])
            bridge.received.emit(logging.makeLogRecord(pickle.loads(payload)))


class View(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        if model.rowCount() >= expected:
            print('all-shown-at %.6f' % time.monotonic(), flush=True)
            app.quit()


app = QApplication(sys.argv[:1])
bridge = Bridge()
model = Records()
view = View()
view.setModel(model)
view.resize(1000, 800)
view.verticalHeader().hide()
view.show()
bridge.received.connect(model.append)
model.rowsInserted.connect(view.scrollToBottom)
server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print('port %d' % server.server_address[1], flush=True)
app.exec_()
server.shutdown()
