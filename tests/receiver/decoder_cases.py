"""Bytes in every encoding that has a table, with the text that CPython reads: [encoding, bytes, text] a line. First all that the
encoding has, in one, then bytes at random, of which much is malformed."""

import encodings
import importlib
import os
import pkgutil
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'format'))
from cases import hexed, write  # noqa: E402

rnd = random.Random('sluice decoders')
MULTIBYTE = ['big5', 'cp932', 'cp949', 'cp950', 'euc_jp', 'euc_kr', 'gb18030', 'gb2312', 'gbk', 'johab', 'shift_jis']
# Line ends, digits or letters are other bytes in these.
EBCDIC = ['cp037', 'cp1026', 'cp1140', 'cp273', 'cp424', 'cp500', 'cp875']


def charmaps():
    for module in sorted(m.name for m in pkgutil.iter_modules(encodings.__path__)):
        if module in ('iso8859_1', 'mbcs', 'oem') or module in EBCDIC:
            continue
        loaded = importlib.import_module('encodings.' + module)
        if hasattr(loaded, 'encoding_table') or hasattr(loaded, 'encoding_map'):
            yield module


def some_bytes(multibyte):
    data = bytearray()
    while len(data) < 60:
        data.append(rnd.randrange(0x80, 0x100) if rnd.random() < 0.7 else rnd.randrange(0x20, 0x7F))
        if multibyte and rnd.random() < 0.1:  # GB 18030's four bytes, and EUC-JP's three
            data += bytes([rnd.randrange(0x81, 0x86), rnd.randrange(0x30, 0x3A), rnd.randrange(0x81, 0xFF), rnd.randrange(0x30, 0x3A)])
            data += bytes([0x8F, rnd.randrange(0xA1, 0xFF), rnd.randrange(0xA1, 0xFF)])
    return bytes(data) + b' end'  # what is cut off at the end is a case of its own


for encoding in list(charmaps()) + MULTIBYTE:
    multibyte = encoding in MULTIBYTE
    data = bytearray(range(0x100))
    for point in range(0x80, (0x110000 if encoding == 'gb18030' else 0x10000) if multibyte else 0):
        if point > 0x10000 and point % 31:
            continue
        try:
            one = chr(point).encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(one) < 8:  # EUC-KR writes a syllable that has no code as four letters
            data += one
    for text in [bytes(data)] + [some_bytes(multibyte) for _ in range(40)]:
        write(encoding, text.hex(), hexed(text.decode(encoding, 'replace')))
