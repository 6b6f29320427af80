"""Takes requests on loopback, tells their bytes, and answers as told, until its input ends.

argv: certificate and key ("" for plain), then one answer for each request, "200" when they are used up:
a status; "429:1" with Retry-After; "hang" never; "close" without a word; "cut" says 200 and breaks off in the text.
Writes its port, then for each request a JSON line with its bytes (hex) and the number of its connection.
"""
import json, re, socket, ssl, sys, threading

certificate, key, *answers = sys.argv[1:]
lock = threading.Lock()
listener = socket.create_server(("127.0.0.1", 0))
if certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)


def serve(connection, number):
    buffer = b""
    try:
        if certificate:
            connection = context.wrap_socket(connection, server_side=True)
        while True:
            while b"\r\n\r\n" not in buffer:
                data = connection.recv(65536)
                if not data:
                    return
                buffer += data
            end = buffer.index(b"\r\n\r\n") + 4
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", buffer[:end])
            end += int(length.group(1)) if length else 0
            while len(buffer) < end:
                data = connection.recv(65536)
                if not data:
                    return
                buffer += data
            request, buffer = buffer[:end], buffer[end:]
            with lock:
                answer = answers.pop(0) if answers else "200"
                print(json.dumps({"raw": request.hex(), "connection": number}), flush=True)
            if answer == "hang":
                connection.recv(1)
                return
            if answer == "close":
                return
            if answer == "cut":
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab")
                return
            status, _, wait = answer.partition(":")
            more = "Retry-After: %s\r\n" % wait if wait else ""
            connection.sendall(("HTTP/1.1 %s Whatever\r\n%sContent-Length: 2\r\n\r\nok" % (status, more)).encode())
    except (OSError, ssl.SSLError):
        pass
    finally:
        connection.close()


def accept():
    number = 0
    while True:
        connection, _ = listener.accept()
        number += 1
        threading.Thread(target=serve, args=(connection, number), daemon=True).start()


print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
