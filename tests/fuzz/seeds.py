"""Writes the corpora that the fuzzers begin with, from what CPython writes: seeds.py DIRECTORY"""
import gzip
import json
import logging.handlers
import os
import pathlib
import struct
import subprocess
import sys
import zlib

import zstandard

root = pathlib.Path(__file__).resolve().parent.parent
out = pathlib.Path(sys.argv[1])


def lines(script, *arguments):
    run = subprocess.run([sys.executable, "tests/fuzz/steady.py", "tests/" + script, *arguments], check=True, capture_output=True,
                         text=True, cwd=root.parent, env={**os.environ, "PYTHONHASHSEED": "0"})
    return run.stdout.splitlines()


def write(fuzzer, index, data):
    folder = out / fuzzer
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ("seed%04d" % index)).write_bytes(data)


pickles = [line.split(" ")[1] for line in lines("wire/record_cases.py", "11", "120") + lines("wire/pickle_cases.py", "12", "200")]
pickles += [line.split("\t")[1] for line in lines("wire/object_cases.py")]
for i, pickled in enumerate(p for p in pickles if len(p) < 4000):
    write("PickleFuzzer", i, bytes.fromhex(pickled))
for i, line in enumerate(lines("wire/json_cases.py", "13", "400")):
    text = line.split(" ")[0]
    if text != "-" and len(text) < 4000:
        write("JsonFuzzer", i, bytes.fromhex(text))

small = [bytes.fromhex(p) for p in pickles if len(p) < 2000]
for i in range(0, len(small), 4):
    frames = [struct.pack(">L", len(p)) + p for p in small[i:i + 4]]
    write("DatagramFuzzer", i, b"".join(struct.pack(">H", len(f)) + f for f in frames))

handler = logging.handlers.SysLogHandler(("127.0.0.1", 9))
messages = ["<%d>text %d" % (handler.encodePriority(f, p), i)
            for i, (f, p) in enumerate(zip(handler.facility_names, list(handler.priority_names) * 3))]
messages += [
    "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8",
    '<165>1 2003-10-11T22:14:15.003Z mymachine evntslog 8710 ID47 [exampleSDID@32473 iut="3" eventID="\\"\\]\\\\"][a b="" b="1"] An event',
    '<14>1 2026-01-02T03:04:05+02:00 - app thread - [extra@32473 user="ada" msg="x"] text',
    "<0>1 - - - - - -",
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    "<13>Jan  2 04:04:01 2001:db8::1 postfix/smtpd[123]: x",
    "<13>Oct  1 2024 10:11:12.123 GMT host app[9] x",
    "<189>29: router1: 000031: *Mar  1 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured",
    "<14>2026-01-02 04:04:01,123 INFO started",
    "Use the BFG!",
]
for i, message in enumerate(messages):
    data = message.encode()
    write("SyslogFuzzer", 4 * i, data)
    write("SyslogFuzzer", 4 * i + 1, data + b"\0" + data + b"\n" + data)
    write("SyslogFuzzer", 4 * i + 2, b"%d %b\n" % (len(data), data) * 2)
    write("SyslogFuzzer", 4 * i + 3, message.encode("latin-1", "replace") + b"\xf6\n" + data)

files = [*sorted((root / "conformance" / "data" / "configs").iterdir()), root / "chain" / "data" / "documentation.ini"]
for i, file in enumerate(files):
    write("FileConfigFuzzer", i, file.read_bytes())
for i, line in enumerate(lines("chain/literal_cases.py", "14", "300")):
    write("LiteralFuzzer", i, bytes.fromhex(line.split("\t")[0]))

KEPT = [r"""('h', 25), 'a@h', ['b@h'], 'subject', ('user', 'p%%w'), ()""", r"""password='p', **{'token': "t\"", 'x': f'y'}""",
        r"""credentials=(os.environ['USER'], getenv('PW', 'default'))""", r"""{'auth': {'user': 'u', 'phrase': b'p'}, 'url': 'redis://:pw@h/0'}""",
        r"""'''a''' 'b', r'\\', token := x['k'] == 'v'""",
        r"""{"handlers": {"h": {"class": "x.Y", "password": "p", "credentials": "cfg://smtp.logins[0]"}}, "smtp": {"logins": [["u", "p"]]}}""",
        r"""{"handlers": {"h": {"class": "handlers.SMTPHandler", "args": "('h', 'f', 't', 's', ('u', 'p'))", "because": "code"}}}"""]
for i, kept in enumerate([text.encode() for text in KEPT] + [file.read_bytes() for file in files]):
    write("KeptSecretsFuzzer", i, kept)

EXPRESSIONS = ["timeout", "connection refused", "a and (b or not c) -d", "/t[io]+m\\/x/i", "level >= WARNING", "level in INFO..ERROR",
               "logger in (app.db, \"a b\")", "time in 23:50..00:10", "time > 2026-11-21 14:00+02:00", "time > now - 5m or time == yesterday 10:00",
               "request[\"odd key\"].0 == 42", "elapsed_ms > 1.5s and size < 10MiB", "user not in (ann, 7, 1..3)", "extra.x exists",
               "text !~ \"a\\\\b\" && !(a)", "execute(a, b) failed", "message startswith 'x\\n'", "x == -1e300", "user=bob logged in"]
for i, expression in enumerate(EXPRESSIONS):
    write("ExpressionFuzzer", i, expression.encode())

bodies = [(0, line.split(" ")[0]) for line in lines("wire/form_cases.py", "14", "150")]
bodies += [(2, line.split(" ")[0]) for line in lines("wire/binary_cases.py", "msgpack", "15", "150")]
bodies += [(3, line.split(" ")[0]) for line in lines("wire/binary_cases.py", "cbor", "16", "150")]
bodies = [(form, bytes.fromhex(text)) for form, text in bodies if text != "-" and len(text) < 4000]
OTLP = b"""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeLogs":[{"scope":{"name":"a"},
"logRecords":[{"timeUnixNano":"1544712660300000000","severityNumber":10,"severityText":"WARN","traceId":"5B","body":{"kvlistValue":{"values":[
{"key":"k","value":{"arrayValue":{"values":[{"intValue":"10"},{"bytesValue":"/w=="}]}}}]}},"attributes":[{"key":"code.lineno","value":{"doubleValue":1}},
{"key":"exception.type","value":{"stringValue":"E"}}]}]}]}]}"""
bodies += [(1, OTLP), (4, b'{"message":"m","msg":"n","level":"warn","time":"2023-11-14T22:13:20.250Z","args":[1]}'), (5, gzip.compress(OTLP, mtime=0))]
for i, (form, body) in enumerate(bodies):
    write("BodyFuzzer", i, bytes([form]) + body)
REQUESTS = [b"POST /log HTTP/1.1\r\nHost: localhost:9022\r\nContent-type: application/x-www-form-urlencoded\r\nContent-length: 5\r\n\r\na=b&c",
            b"GET http://h/log?name=a&msg=%3F HTTP/1.1\r\nHost: [::1]\r\nExpect: 100-continue\r\n\r\nGET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;x\r\npedia\r\n0\r\nT: x\r\n\r\n"]
for i, request in enumerate(REQUESTS):
    write("HttpFuzzer", i, bytes([i * 7]) + request)


# Files of a capture, payloads as they are: frame kind, first row, text, rows of (created, text, site, level, logger).
def frame(kind, first, text=b"", rows=(), text_base=0, row_base=0, summary=b"", packed=False):
    payload = text + b"".join(struct.pack("<qIIiI", *row) for row in rows)
    if packed:
        payload = zstandard.ZstdCompressor().compress(payload)
    head = b"\x89SLUICE\n" + struct.pack("<BBBBIQ", kind, 1, int(packed), 0, len(rows), first)
    head += struct.pack("<7I", len(summary), len(payload), len(text), zlib.crc32(summary), zlib.crc32(payload), text_base, row_base)
    head = head.ljust(60, b"\0")
    return head + struct.pack("<I", zlib.crc32(head)) + summary + payload


def summary(loggers, sources, reconnects=()):
    out = struct.pack("<qq5I", 1, 2, 0, 1, 0, 1, 0)
    out += struct.pack("<I", len(loggers)) + b"".join(struct.pack("<II", n, 1) for n, _ in loggers)
    out += struct.pack("<I", len(sources)) + b"".join(struct.pack("<IIIq", n, 1, 0, 5) for n, *_ in sources)
    text = lambda t: struct.pack("<I", len(t)) + t
    out += struct.pack("<I", len(loggers)) + b"".join(struct.pack("<I", n) + text(name) for n, name in loggers)
    out += struct.pack("<I", len(sources)) + b"".join(struct.pack("<I", n) + b"".join(map(text, names)) for n, *names in sources)
    return out + struct.pack("<I", len(reconnects)) + b"".join(struct.pack("<IIq", *one) for one in reconnects)


# Values: kind, then what it has (Value::Kind, RecordCodec.cpp).
text_value = lambda t: b"\x05" + bytes([len(t)]) + t
site = struct.pack("<I", 3) + text_value(b"INFO") + text_value(b"app") + b"\x02\x28" + b"\x00" * 10
nested = b"\x0b\x02" + text_value(b"a") + b"\x07\x02\x01\x01\x40\x07" + text_value(b"b") + b"\x04" + struct.pack("<d", 0.5)
text = site + b"\x05hello\x00\x00" + b"\x02hi\x04boom\xa1" + text_value(b"h%s") + b"\x40\x08" + nested
rows = [(1, len(site), 0, 20, 7), (2, len(site) + 8, 0, 40, 0xFFFFFFFF)]
about = summary([(7, b"app")], [(3, b"python", b"::1", b"shop")], [(1, 3, 42)])
captures = [frame(1, 0) + frame(2, 0, text, rows, summary=about), frame(1, 5) + frame(2, 5, text, rows, summary=about, packed=True) +
            frame(2, 9, text, rows, summary=about), frame(3, 0, text, rows, summary=about) +
            frame(3, 2, text, [(3, len(text) + len(site), len(text), 10, 7)], len(text), 2, about)]
for i, capture in enumerate(captures):
    write("CaptureFuzzer", 2 * i, b"\x01" + capture)
    write("CaptureFuzzer", 2 * i + 1, b"\x00" + capture + captures[0])

texts = []
for line in lines("text/python_lines.py"):
    written = json.loads(line)
    texts += [written["text"][:1500].encode(), written["format"].encode(), (written["datefmt"] or "%H:%M").encode()]
texts += [m.encode() for m in messages]
texts += [b'{"level":30,"time":1791756855123,"pid":7,"hostname":"h","msg":"pino"}\n{"log":"x\\n","stream":"stderr","time":"2026-10-11T22:14:15Z"}\n',
          b'ts=1791756855.123 level=info msg="a \\"b\\"" k=v flag\n', b'E1011 22:14:15.123456 4711 a.cc:42] bad\n',
          b'1.2.3.4 - ada [11/Oct/2026:22:14:15 +0000] "GET /a HTTP/1.1" 404 612 "-" "curl"\n',
          b"(?P<time>\\S+) (?P<level>\\w+) (?P<message>.*)"]
for i, text in enumerate(texts):
    for shape in (i % 59, (i * 7 + 3) % 59):
        write("TextFuzzer", 2 * i + (shape != i % 59), bytes([shape]) + text)
