"""Nothing tells a sender over UDP that it is too fast: this waits until what it has sent has been read."""
import time


def wait_until_read(port):
    """Returns when the system keeps no datagram for the socket of this port on 127.0.0.1 (Linux)."""
    end = time.monotonic() + 60
    local = "0100007F:%04X" % port
    while time.monotonic() < end:
        with open("/proc/net/udp") as table:
            waiting = [line.split()[4].split(":")[1] for line in table if line.split()[1] == local]
        if all(int(size, 16) == 0 for size in waiting):
            return
        time.sleep(0.0005)
    raise SystemExit("the datagrams are not read")
