"""Runs nginx in a folder, asks it for some pages, and ends it: serve_with_nginx.py FOLDER. Its access log (combined) and its error
log stand in the folder as access.log and error.log. Prints the status of each request."""
import os
import pathlib
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

folder = pathlib.Path(sys.argv[1])
(folder / "www").mkdir()
(folder / "www" / "index.html").write_text("hello\n")


def free_port():
    """Below the ports that the system hands out by itself, so that no other program is given it meanwhile."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


port = free_port()
temporary = "".join("%s_temp_path %s/t;" % (name, folder) for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
user = "user root;" if os.getuid() == 0 else ""
(folder / "nginx.conf").write_text(
    f"daemon off; {user} pid {folder}/pid; error_log {folder}/error.log notice; events {{}}\n"
    f"http {{ access_log {folder}/access.log; {temporary} server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}\n")
nginx = subprocess.Popen(["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
for _ in range(600):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        break
    except OSError:
        time.sleep(0.05)
for path in ("/", "/index.html?a=b%20c", "/missing"):
    request = urllib.request.Request("http://127.0.0.1:%d%s" % (port, path), headers={"User-Agent": 'test "agent"', "Referer": "http://e.org/"})
    try:
        print(urllib.request.urlopen(request).status)
    except urllib.error.HTTPError as error:
        print(error.code)
nginx.terminate()
nginx.wait()
