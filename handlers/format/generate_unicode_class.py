"""Writes UnicodeClass.cpp: run it with CPython 3.11, whose answers these are.

    python3 handlers/format/generate_unicode_class.py > handlers/format/UnicodeClass.cpp
"""

import sys
import unicodedata

HEAD = '''// Written by generate_unicode_class.py with CPython %d.%d (Unicode %s). Do not edit.
#include "format/UnicodeClass.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace sluice::python {

namespace {

// Code points at which the answer changes, starting with "no".
'''

TAIL = '''
template <std::size_t n>
bool isWithin(const std::uint32_t (&changes)[n], char32_t c)
{
    const auto after = std::upper_bound(std::begin(changes), std::end(changes), static_cast<std::uint32_t>(c));
    return (after - std::begin(changes)) % 2 == 1;
}

} // namespace

bool isPrintable(char32_t c) { return isWithin(printable, c); }

bool isWordCharacter(char32_t c) { return isWithin(word, c); }

} // namespace sluice::python
'''


def changes(name, predicate):
    points, last = [], False
    for code in range(0x110000):
        now = predicate(chr(code))
        if now != last:
            points.append(code)
            last = now
    print('constexpr std::uint32_t %s[] = {' % name)
    for at in range(0, len(points), 12):
        print('    ' + ' '.join('0x%X,' % p for p in points[at:at + 12]))
    print('};')


print(HEAD % (sys.version_info[0], sys.version_info[1], unicodedata.unidata_version), end='')
changes('printable', str.isprintable)
print()
changes('word', lambda c: c == '_' or c.isalnum())
print(TAIL, end='')
