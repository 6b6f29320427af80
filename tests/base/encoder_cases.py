"""Texts in every encoding and with every error handler, with CPython's bytes: [encoding, errors, text, answer] a line.
First, for each encoding, one line [encoding, code points that it encodes one by one, their bytes]."""

import codecs
import encodings.aliases
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'format'))
from cases import hexed, write  # noqa: E402

rnd = random.Random('sluice encoders')
MULTIBYTE = ['big5', 'cp932', 'cp949', 'cp950', 'euc_jp', 'euc_kr', 'gb18030', 'gb2312', 'gbk', 'johab', 'shift_jis']
CHARMAPS = ['cp037', 'cp1006', 'cp1125', 'cp1252', 'cp1258', 'cp437', 'cp720', 'cp874', 'cp875', 'hp_roman8', 'iso8859-15', 'iso8859-8', 'koi8-u',
            'kz1048', 'mac-arabic', 'mac_roman', 'palmos', 'ptcp154', 'tis-620', 'cp864', 'koi8-t', 'mac-farsi', 'cp1026', 'iso8859-6']
UTFS = ['utf-8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le', 'utf-32-be', 'ascii', 'latin-1']
ERRORS = ['strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape', 'surrogatepass']
PIECES = ['a', 'plain text ', 'é', 'ß', '€', 'я', 'λ', '日本語', '한글', '뷁', '简体', '\U0001f600', '\ud800', '\udc80', '\udcff\udcfe', '\udfff', '\x80', 'ÿ',
          '~\\', '\u2015', '¥', 'ｱ', '\x00']
SPELLINGS = ['UTF8', 'u8', 'Utf 8', 'utf_8', 'U-T-F-8', 'ISO-8859-15', 'iso8859_15', 'latin1', 'L1', 'ISO_8859-1:1987', 'cp-1252', 'windows-1252', 'SJIS', 'ms_kanji',
             'euckr', 'EUC-KR', 'us-ascii', '646', 'nonsense', 'utf-16', 'utf', 'hex', 'rot13', 'utf.8', 'koi8_r', '  ascii  ', 'cp65001', 'big5-tw', 'csbig5',
             'iso_ir_100', 'maccyrillic', 'éascii']


def answered(text, encoding, errors):
    try:
        return ['ok', text.encode(encoding, errors).hex()]
    except Exception as error:
        return ['error', hexed(str(error))]


for encoding in MULTIBYTE + CHARMAPS + ['ascii', 'latin-1']:
    points, data = [], b''
    for point in range(0x110000 if encoding == 'gb18030' else 0x30000):
        if point > 0x10000 and point % 31:
            continue
        try:
            data += chr(point).encode(encoding)
        except UnicodeEncodeError:
            continue
        points.append(point)
    write(encoding, hexed(''.join(map(chr, points))), data.hex())
for encoding in UTFS + CHARMAPS + MULTIBYTE:
    for errors in ERRORS:
        for _ in range(25):
            text = ''.join(rnd.choice(PIECES) for _ in range(rnd.randrange(1, 7)))
            write(encoding, errors, hexed(text), answered(text, encoding, errors))
for encoding in SPELLINGS:
    text = 'aé'
    try:
        open(os.devnull, 'w', encoding=encoding).close()
        write(encoding, 'replace', hexed(text), answered(text, encoding, 'replace'))
    except LookupError as error:
        write(encoding, 'replace', hexed(text), ['unknown', hexed(str(error))])
