"""A receiver as in the logging cookbook, for one connection: prints its port, then each record as JSON with its formatted text."""
import json
import logging
import pickle
import socket
import struct

formatter = logging.Formatter("%(levelname)s:%(name)s:%(lineno)d:%(message)s")
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as stream:
        while prefix := stream.read(4):
            (length,) = struct.unpack(">L", prefix)
            fields = pickle.loads(stream.read(length))
            record = logging.makeLogRecord(fields)
            try:
                text = formatter.format(record)
            except Exception as error: # a record with attributes of wrong types
                text = repr(error)
            print(json.dumps([fields, text]))
