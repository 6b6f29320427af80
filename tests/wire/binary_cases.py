"""Prints COUNT lines "message-in-hex canonical-or-error" of messages, good and spoilt: binary_cases.py msgpack|cbor SEED COUNT"""
import random
import struct
import sys

from canonical import canonical, finite, text

form = sys.argv[1]
rng = random.Random(int(sys.argv[2]))

if form == "msgpack":
    import msgpack
else:
    import cbor2


def integer():
    if form == "msgpack":
        return rng.choice([rng.randint(-40, 300), rng.randint(-2**63, 2**64 - 1), rng.choice([1, -1]) * (1 << rng.randint(0, 62))])
    return rng.choice([rng.randint(-40, 300), rng.choice([1, -1]) * (1 << rng.randint(0, 70)) + rng.randint(-2, 2), rng.randint(-2**200, 2**200)])


def scalar():
    kind = rng.randrange(7)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return integer()
    if kind == 2:
        return finite(rng)
    if kind == 3:
        return rng.randbytes(rng.choice([0, 1, 3, 20, 300, 70000 if rng.random() < .001 else 5]))
    return text(rng).encode("utf-8", "replace").decode()


def key():
    return rng.choice([text(rng).encode("utf-8", "replace").decode(), rng.randint(-200, 70000), rng.randbytes(3)])


def value(depth=0):
    if depth > 4 or rng.random() < .4:
        return scalar()
    n = rng.choice([0, 1, 2, 3, 15, 16, 23, 24]) if depth == 0 else rng.randrange(4)
    if depth == 0 and rng.random() < .002:
        n = rng.choice([255, 256, 65535, 65536])
        return rng.choice([list(range(n)), dict.fromkeys(range(n), None)])
    if rng.random() < .5:
        return [value(depth + 1) for _ in range(n)]
    return {key(): value(depth + 1) for _ in range(n)}


def packed(v):
    if form == "msgpack":
        return msgpack.packb(v, use_single_float=rng.random() < .2)
    return cbor2.dumps(v, canonical=rng.random() < .3)


def unpacked(b):
    if form == "msgpack":
        return msgpack.unpackb(b, strict_map_key=False, raw=False)
    if len(b) and cbor_length(b) != len(b):
        raise ValueError("something follows")
    return cbor2.loads(b)


def cbor_length(b):
    import io
    stream = io.BytesIO(b)
    cbor2.load(stream)
    return stream.tell()


def indefinite(v):
    """CBOR of indefinite lengths, which cbor2 reads and does not write."""
    if isinstance(v, list):
        return b"\x9f" + b"".join(map(indefinite, v)) + b"\xff"
    if isinstance(v, dict):
        return b"\xbf" + b"".join(cbor2.dumps(k) + indefinite(x) for k, x in v.items()) + b"\xff"
    if isinstance(v, bytes):
        return b"\x5f" + b"".join(cbor2.dumps(v[i:i + 7]) for i in range(0, len(v), 7)) + b"\xff"
    if isinstance(v, str):
        return b"\x7f" + b"".join(cbor2.dumps(v[i:i + 3]) for i in range(0, len(v), 3)) + b"\xff"
    return cbor2.dumps(v)


def plain(v):
    """Whether it is made of what we have values for, so that a comparison says something."""
    if isinstance(v, list):
        return all(map(plain, v))
    if isinstance(v, dict):
        return all(type(k) in (int, str, bytes) and plain(x) for k, x in v.items())
    if isinstance(v, float):
        return v == v
    return v is None or type(v) in (bool, int, str, bytes, float)


FIXED = {
    "msgpack": ["", "c1", "c0c0", "93", "dc0003", "dd0fffffff", "df0fffffff", "dfffffffff", "dbffffffff00", "c6ffffffff", "9391", "cf", "d3", "ca7fc0",
                "81", "8101", "de00010102", "d9", "a3", "ff", "e0", "7f", "ccff", "cdffff", "ceffffffff", "cfffffffffffffffff", "d0ff", "d1ffff",
                "d2ffffffff", "d3ffffffffffffffff", "d38000000000000000", "ca3fc00000", "cb7ff0000000000000", "82a161a162a161a163"],
    "cbor": ["", "ff", "1c", "1f", "3f", "f800", "f81f", "5f", "5f41", "5f6161ff", "7f4161ff", "5f5fffff", "9f", "bf", "bf01ff", "9b00000000ffffffff",
             "bb7fffffffffffffff", "5b00000000ffffffff", "f90000", "f98000", "f93c00", "f97bff", "f90001", "f90400", "f97c00", "f9fc00", "fa47c35000",
             "fb3ff199999999999a", "c249010000000000000000", "c349010000000000000000", "c240", "c340", "c2420001", "1bffffffffffffffff", "3bffffffffffffffff",
             "3b7fffffffffffffff", "3b8000000000000000", "d9d9f7820102", "f4", "f5", "f6", "0000", "a201020103", "9f018202039f0405ffff"],
}[form]

for i in range(int(sys.argv[3])):
    if i < len(FIXED):
        b = bytes.fromhex(FIXED[i])
    else:
        v = value()
        b = indefinite(v) if form == "cbor" and i % 5 == 0 else packed(v)
        if i % 3 == 0 and b and len(b) < 2000:
            at = rng.randrange(len(b))
            b = rng.choice([b[:at], b[:at] + rng.randbytes(1) + b[at + 1:], b + b"\0", b[:at] + b[at + 1:]])
    try:
        v = unpacked(b)
        if not plain(v):
            continue
        result = canonical(v)
    except Exception:  # each of the libraries has many kinds
        result = "error"
    print(b.hex() or "-", result)
