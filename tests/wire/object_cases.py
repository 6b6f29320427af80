"""Prints "protocol<TAB>pickle in hex<TAB>how it is to be shown" for objects that records carry."""
import collections
import datetime
import decimal
import enum
import os
import pathlib
import pickle
import sys
import uuid

app = type(sys)("app")
sys.modules["app"] = app


def public(cls):
    cls.__module__ = "app"
    setattr(app, cls.__name__, cls)
    return cls


@public
class Order:
    def __init__(self):
        self.total = 1.5
        self.tags = ["new", None]


@public
class Empty:
    pass


@public
class Stack(list):
    pass


@public
class Color(enum.Enum):
    RED = 1


@public
class Failure(Exception):
    pass


Point = public(collections.namedtuple("Point", "x y"))
Point.__qualname__ = "Point"

counter = collections.Counter("aab")
default = collections.defaultdict(list, a=[1])

CASES = [
    (Order(), "<app.Order {'total': 1.5, 'tags': ['new', None]}>"),
    (Color.RED, "<global app.Color.RED>"),
    (Failure("no way", 7), "<app.Failure('no way', 7)>"),
    (ValueError("bad"), "<ValueError('bad')>"),
    (datetime.datetime(2026, 1, 31, 12, 0), "<datetime.datetime(2026, 1, 31, 12, 0)>"),
    (datetime.datetime(2026, 1, 31, 12, 5, 6, 70), "<datetime.datetime(2026, 1, 31, 12, 5, 6, 70)>"),
    (datetime.datetime(2026, 1, 31, 0, 0, 9), "<datetime.datetime(2026, 1, 31, 0, 0, 9)>"),
    (datetime.date(2026, 12, 1), "<datetime.date(2026, 12, 1)>"),
    (datetime.time(3, 4), "<datetime.time(3, 4)>"),
    (datetime.timedelta(1, 2, 3), "<datetime.timedelta(1, 2, 3)>"),
    (decimal.Decimal("1.50"), "<decimal.Decimal('1.50')>"),
    (pathlib.PurePosixPath("/srv/app/x.log"), "<pathlib.PurePosixPath('/srv/app/x.log')>"),
    (uuid.UUID("12345678-9abc-def0-8234-56789abcdef0"), "<uuid.UUID('12345678-9abc-def0-8234-56789abcdef0')>"),
    (uuid.UUID(int=5), "<uuid.UUID('00000000-0000-0000-0000-000000000005')>"),
    (1 + 2j, "(1.0+2.0j)"),
    (1 - 2j, "(1.0-2.0j)"),
    (os.system, "<global posix.system>"),
    (Order, "<global app.Order>"),
    ({"a": collections.OrderedDict([("z", 1), ("y", 2)])}, "{'a': {'z': 1, 'y': 2}}"),
    (default, "{'a': [1]}"),
    (counter, "{'a': 2, 'b': 1}"),
    ([datetime.date(2026, 12, 1)], "[<datetime.date(2026, 12, 1)>]"),
]

for value, shown in CASES:
    for protocol in range(6):
        print(protocol, pickle.dumps(value, protocol).hex(), shown, sep="\t")

for protocol in range(2, 6):
    print(protocol, pickle.dumps(Stack([1, 2]), protocol).hex(), "<app.Stack [1, 2]>", sep="\t")
    print(protocol, pickle.dumps(Point(1, 2), protocol).hex(), "<app.Point(1, 2)>", sep="\t")
