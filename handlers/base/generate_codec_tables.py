"""Writes CodecTables.cpp from CPython's own codecs, so that the bytes are the same.

    python3 handlers/base/generate_codec_tables.py > handlers/base/CodecTables.cpp

A table lists what a codec can encode, in runs of code points whose codes follow one another: for each run the code points
skipped since the last, its length, and the step from the last code (zigzag), all as base-128 numbers, least first. The
whole is deflated. A code is the bytes of a character as a big-endian number, but for the four-byte forms of gb18030, which
are 2^24 plus their place in their own order. The eight-byte forms of euc_kr are left out: they follow from the syllable.

Beside it stands where decoding is not the same table read backwards (several code points of one code: the least), as runs of
codes whose code points follow one another, in the same numbers; what cannot be decoded is U+FFFD there.
"""

import base64
import encodings
import importlib
import pkgutil
import struct
import sys
import zlib
from encodings.aliases import aliases

MULTIBYTE = ['big5', 'cp932', 'cp949', 'cp950', 'euc_jp', 'euc_kr', 'gb18030', 'gb2312', 'gbk', 'johab', 'shift_jis']
# Python has them and we have not: they keep state between characters, look ahead, or are no encodings for files.
UNSUPPORTED = ['big5hkscs', 'euc_jis_2004', 'euc_jisx0213', 'hz', 'idna', 'iso2022_jp', 'iso2022_jp_1', 'iso2022_jp_2',
               'iso2022_jp_2004', 'iso2022_jp_3', 'iso2022_jp_ext', 'iso2022_kr', 'mbcs', 'oem', 'punycode', 'raw_unicode_escape',
               'shift_jis_2004', 'shift_jisx0213', 'unicode_escape', 'utf_7']
UNICODE = ['ascii', 'latin_1', 'utf_8', 'utf_8_sig', 'utf_16', 'utf_16_be', 'utf_16_le', 'utf_32', 'utf_32_be', 'utf_32_le']


def charmaps():
    for module in sorted(m.name for m in pkgutil.iter_modules(encodings.__path__)):
        if module in ('iso8859_1', 'mbcs', 'oem'):
            continue
        loaded = importlib.import_module('encodings.' + module)
        if hasattr(loaded, 'encoding_table') or hasattr(loaded, 'encoding_map'):
            yield module


def code_of(data):
    if len(data) == 4:  # gb18030
        a, b, c, d = data
        return 0x1000000 + (((a - 0x81) * 10 + b - 0x30) * 126 + c - 0x81) * 10 + d - 0x30
    return int.from_bytes(data, 'big')


def runs(codec):
    found = []
    for code_point in range(0x110000 if codec == 'gb18030' else 0x10000):
        if 0xD800 <= code_point < 0xE000:
            continue
        try:
            data = chr(code_point).encode(codec)
        except UnicodeEncodeError:
            continue
        if len(data) == 8:
            continue
        code = code_of(data)
        if found:
            first, length, start = found[-1]
            if first + length == code_point and start + length == code:
                found[-1][1] += 1
                continue
        found.append([code_point, 1, code])
    return found


def candidates(codec, multibyte):
    """All bytes that may be one character."""
    yield from (bytes([a]) for a in range(0x100))
    if multibyte:
        yield from (bytes([a, b]) for a in range(0x80, 0x100) for b in range(0x21, 0x100))
    if codec == 'euc_jp':
        yield from (bytes([0x8F, a, b]) for a in range(0x80, 0x100) for b in range(0x80, 0x100))
    if codec == 'gb18030':
        yield from (bytes([a, b, c, d]) for a in range(0x81, 0x85) for b in range(0x30, 0x3A)
                    for c in range(0x81, 0xFF) for d in range(0x30, 0x3A))


def decoded(data, codec):
    """Its code point; none if it is no character, or more than one."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return ord(text) if len(text) == 1 else None


def decoding_differences(codec, multibyte, encoding):
    backwards = {}
    for first, length, start in encoding:
        for i in range(length):
            backwards.setdefault(start + i, first + i)
    found = []
    for data in candidates(codec, multibyte):
        code, point = code_of(data), decoded(data, codec)
        if backwards.get(code) == point:
            continue
        point = 0xFFFD if point is None else point
        if found and found[-1][0] + found[-1][1] == code and found[-1][2] + found[-1][1] == point:
            found[-1][1] += 1
        else:
            found.append([code, 1, point])
    return found


def number(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def pack(found):
    raw, next_from, next_to = b'', 0, 0
    for first, length, start in found:
        step = start - next_to
        raw += number(first - next_from) + number(length) + number(2 * step if step >= 0 else -2 * step - 1)
        next_from, next_to = first + length, start + length
    packed = struct.pack('>I', len(raw)) + zlib.compress(raw, 9)
    return base64.b64encode(packed).decode()


print('''// Written by generate_codec_tables.py with CPython %d.%d. Do not edit.
#include "base/CodecTables.h"

namespace sluice::codecs {

// clang-format off
namespace {
''' % sys.version_info[:2])
names = [(name, False) for name in charmaps()] + [(name, True) for name in MULTIBYTE]
different = set()
for name, multibyte in names:
    encoding = runs(name)
    texts = {name: pack(encoding)}
    differences = decoding_differences(name, multibyte, encoding)
    if differences:
        different.add(name)
        texts[name + '_decoding'] = pack(differences)
    for symbol, text in texts.items():
        print('constexpr char %s[] =' % symbol)
        print('\n'.join('    "%s"' % text[at:at + 120] for at in range(0, len(text), 120)) + ';')
print('''
const Table tables[] = {''')
for name, multibyte in names:
    decoding = name + '_decoding' if name in different else '""'
    print('    {"%s", %s, %s, %s},' % (name, 'true' if multibyte else 'false', name, decoding))
print('''};

constexpr Alias aliases[] = {''')
known = {name for name, _ in names} | set(UNICODE) | set(UNSUPPORTED)
for alias, name in sorted(aliases.items()):
    print('    {"%s", "%s"},' % (alias, name))
print('''};

constexpr std::string_view unsupportedNames[] = {''')
for name in UNSUPPORTED:
    print('    "%s",' % name)
print('''};

} // namespace
// clang-format on

std::span<const Table> allTables() { return tables; }

std::span<const Alias> allAliases() { return aliases; }

std::span<const std::string_view> allUnsupported() { return unsupportedNames; }

} // namespace sluice::codecs''')
