"""What the scripts that make cases share: tagged values, random values, and CPython's answers.

A value is an array of its tag and its content; texts are the hexadecimal bytes of their UTF-8 (with lone surrogates),
floats those of their IEEE 754 form, so that nothing on the way can change them.
"""

import json
import random
import struct

TEXTS = ['', 'a', 'abc', "it's", '"', "'\"", 'é', 'naïve\n', '\t\r\\', '日本', '\U0001f600', '\ud800', '\x7f\x80\xad',
         '\u200b\u2028', 'x' * 40, '{}', '%s', '\x00\x1f', '\udcff', 'ß\u0301', '\U000e0001', '\ue000']
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 1e15, 9999999999999998.0, 123456789.123, 1e-4, 1e-5, 0.00012345, 5e-324,
          1.7976931348623157e308, float('inf'), float('-inf'), float('nan'), 2.5, 3.5, 0.5, 1e22, 1e23, 1700000000.123456,
          99999.95, 999999.5, 0.045, 1.005, -0.01]
INTS = [0, 1, -1, 7, -42, 255, 65535, 10**6, 1234567, -1234567890, 2**31, 2**63 - 1, -2**63, 97, 0x1f600]
BIGS = [2**63, -2**63 - 1, 10**30, -10**40, 2**200, 10**400, 16**20]


def hexed(text):
    return text.encode('utf-8', 'surrogatepass').hex()


def tagged(value):
    kind = type(value)
    if value is None:
        return ['none']
    if kind is bool:
        return ['bool', value]
    if kind is int:
        return ['int' if -2**63 <= value < 2**63 else 'big', str(value)]
    if kind is float:
        return ['float', struct.pack('<d', value).hex()]
    if kind is str:
        return ['str', hexed(value)]
    if kind is bytes:
        return ['bytes', value.hex()]
    if kind is dict:
        return ['dict', [[tagged(k), tagged(v)] for k, v in value.items()]]
    return [kind.__name__, [tagged(v) for v in value]]


def scalar(rnd):
    pick = rnd.random()
    if pick < 0.30:
        return rnd.choice(TEXTS)
    if pick < 0.50:
        return rnd.choice(INTS) if rnd.random() < 0.7 else rnd.randrange(-10**rnd.randrange(1, 18), 10**rnd.randrange(1, 18))
    if pick < 0.56:
        return rnd.choice(BIGS)
    if pick < 0.62:
        return rnd.choice([True, False])
    if pick < 0.90:
        return rnd.choice(FLOATS) if rnd.random() < 0.6 else rnd.uniform(-1, 1) * 10**rnd.randrange(-12, 20)
    if pick < 0.95:
        return None
    return bytes(rnd.randrange(256) for _ in range(rnd.randrange(5)))


def value(rnd, depth=0):
    pick = rnd.random()
    if depth > 2 or pick < 0.8:
        return scalar(rnd)
    members = [value(rnd, depth + 1) for _ in range(rnd.randrange(4))]
    if pick < 0.87:
        return members
    if pick < 0.93:
        return tuple(members)
    if pick < 0.95:
        return {rnd.choice([1, 'a', 2.5])} if members else set()
    if pick < 0.96:
        return frozenset(['x'] if members else [])
    return {rnd.choice(TEXTS + INTS): v for v in members}


def answer(call):
    try:
        return ['ok', hexed(call())]
    except KeyError as error:
        return ['error', hexed('KeyError: %s' % error)]
    except Exception as error:
        return ['error', hexed(str(error))]


def random_for(name):
    return random.Random('sluice ' + name)


def write(*case):
    print(json.dumps(case))
