"""Prints COUNT lines "text-in-hex canonical-or-error dumps-in-hex" of JSON texts, good and spoilt: json_cases.py SEED COUNT"""
import json
import random
import sys

from canonical import canonical, finite, integer, text

rng = random.Random(int(sys.argv[1]))


def value(depth=0):
    kind = rng.randrange(5 if depth > 4 else 8)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return integer(rng)
    if kind == 2:
        return finite(rng)
    if kind in (3, 4):
        return text(rng)
    n = rng.choice([0, 1, 2, 5])
    if kind == 5:
        return [value(depth + 1) for _ in range(n)]
    return {text(rng): value(depth + 1) for _ in range(n)}


FIXED = ['', ' ', '{}', '[]', '[,]', '{,}', '[1,]', '{"a":1,}', '01', '-', '-0', '-0.0', '1.', '.5', '1e', '1e+', '1E5', '1e400', '-1e400', '1e-400',
         'NaN', '-NaN', 'Infinity', '-Infinity', '-Inf', 'nan', 'tru', 'true1', 'null null', '"\\ud800"', '"\\ud83d\\ude00"',
         '"\\ud83d\\ud83d\\ude00"', '"\\ude00\\ud83d"', '"\\ud83dx"', '"\\u12"', '"\\u12g4"', '"\\u+123"', '"\\u 123"', '"\\x"', '"\\', '"',
         '"\t"', '"\\t"', '"\x7f"', '{"a":1,"b":2,"a":3}', '{a:1}', "{'a':1}", '{"a" : 1 , "b":[ ] }\n\r\t ', '\x0b1', '\xa01', '\ufeff1',
         '[' * 100 + ']' * 100, '{"a":' * 50 + '1' + '}' * 50, '9223372036854775807', '9223372036854775808', '-9223372036854775808',
         '-9223372036854775809', '1' * 4300, '1' * 4301, '-' + '1' * 4300, '1' * 4301 + '.0', '{"": ""}', '[1 2]', '{"a" 1}', '{"a":}',
         '\u0661', '1_0', '0x1', '+1', '"a" "b"', '/**/1', '"\\/"', '"/"', '0.1e1', '0e0', '00', '1.5.5', '--1', '"\ud800"']


def spoilt(s):
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(s) + 1)
        s = rng.choice([s[:at], s[:at] + rng.choice('{}[]",:\\ue0-+.N \n\x01') + s[at:], s[:at] + s[at + 1:]])
    return s


for i in range(int(sys.argv[2])):
    if i < len(FIXED):
        s = FIXED[i]
    else:
        s = json.dumps(value(), ensure_ascii=rng.random() < .5, indent=rng.choice([None, None, 2]))
        if i % 2:
            s = spoilt(s)
    try:
        v = json.loads(s)
        result = canonical(v)
        dumped = json.dumps(v, ensure_ascii=False)
        # What cannot be UTF-8 stays an escape.
        dumped = "".join("\\u%04x" % ord(c) if "\ud800" <= c <= "\udfff" else c for c in dumped)
    except (ValueError, RecursionError):
        result, dumped = "error", ""
    print(s.encode("utf-8", "surrogatepass").hex() or "-", result, dumped.encode().hex() or "-")
