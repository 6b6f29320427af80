"""Random plain values, and a notation for them that tells every kind apart (see Canonical.h)."""
import collections
import struct


def canonical(v):
    if v is None:
        return "N"
    if v is True:
        return "T"
    if v is False:
        return "F"
    if isinstance(v, int):
        return "i%d" % v
    if isinstance(v, float):
        return "f" + struct.pack(">d", v).hex()
    if isinstance(v, str):
        return "s" + v.encode("utf-8", "surrogatepass").hex()
    if isinstance(v, (bytes, bytearray)):
        return "b" + bytes(v).hex()
    if isinstance(v, (list, collections.deque)):
        return "[" + "".join(canonical(x) + "," for x in v) + "]"
    if isinstance(v, tuple):
        return "(" + "".join(canonical(x) + "," for x in v) + ")"
    if isinstance(v, set):
        return "{" + "".join(x + "," for x in sorted(canonical(x) for x in v)) + "}"
    if isinstance(v, frozenset):
        return "<" + "".join(x + "," for x in sorted(canonical(x) for x in v)) + ">"
    if isinstance(v, dict):
        return "d{" + "".join(canonical(k) + ":" + canonical(x) + "," for k, x in v.items()) + "}"
    raise TypeError(type(v))


ALPHABET = ["a", "Z", "0", " ", "\n", "\r", "\t", "\\", "'", '"', "\0", "\x1a", "\x7f", "\xa0", "é", "ÿ", "Ā", "€", "日", "\u2028",
            "\ud800", "\udfff", "\ufeff", "😀", "\U0010ffff", "\\u0041", "\x1b"]


def text(rng):
    n = rng.choice([0, 1, 1, 2, 5, 12, 40, 300])
    return "".join(rng.choice(ALPHABET) if rng.random() < .4 else rng.choice("abcdefghij_.") for _ in range(n))


def integer(rng):
    return rng.choice([rng.randint(-3, 300), rng.choice([1, -1]) * (1 << rng.randint(0, 70)) + rng.randint(-2, 2),
                       rng.randint(-2**200, 2**200), rng.randint(-10**40, 10**40)])


def real(rng):
    return rng.choice([0.0, -0.0, 1.5, 1e16, 1e-5, 123456789.125, float("inf"), float("-inf"), 5e-324, 1.7976931348623157e308,
                       rng.random(), rng.uniform(-1e18, 1e18), struct.unpack(">d", rng.randbytes(8))[0]])


def finite(rng):
    v = real(rng)
    return v if v == v else 0.25


def scalar(rng, plain=False):
    kind = rng.randrange(5 if plain else 7)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return integer(rng)
    if kind == 2:
        return finite(rng)
    if kind in (3, 4):
        return text(rng)
    if kind == 5:
        return rng.randbytes(rng.choice([0, 1, 3, 20, 300]))
    return bytearray(rng.randbytes(rng.choice([0, 1, 7])))


def hashable(rng, depth):
    v = scalar(rng)
    if isinstance(v, bytearray):
        v = bytes(v)
    if depth < 3 and rng.random() < .15:
        return tuple(hashable(rng, depth + 1) for _ in range(rng.randrange(4)))
    if depth < 3 and rng.random() < .05:
        return frozenset(hashable(rng, depth + 1) for _ in range(rng.randrange(4)))
    return v


def value(rng, depth=0):
    if depth > 4 or rng.random() < .35:
        return scalar(rng)
    n = rng.choice([0, 1, 2, 3, 4, 7])
    if depth == 0 and rng.random() < .01:
        n = rng.choice([999, 1000, 1001, 2000, 2500])
        return rng.choice([list(range(n)), dict.fromkeys(range(n), "v"), set(range(n))])
    kind = rng.randrange(9)
    if kind == 0:
        return [value(rng, depth + 1) for _ in range(n)]
    if kind == 1:
        return tuple(value(rng, depth + 1) for _ in range(n))
    if kind == 2:
        return {hashable(rng, 0) for _ in range(n)}
    if kind == 3:
        return frozenset(hashable(rng, 0) for _ in range(n))
    if kind in (4, 5):
        return {hashable(rng, 0): value(rng, depth + 1) for _ in range(n)}
    if kind == 6:
        return collections.OrderedDict((text(rng), value(rng, depth + 1)) for _ in range(n))
    if kind == 7:
        return collections.deque((value(rng, depth + 1) for _ in range(n)), maxlen=rng.choice([None, 50]))
    shared = value(rng, depth + 1)
    return [shared, shared, {"again": shared}]
