"""Random INI files and what ConfigParser reads in them, for IniFileTest: "file<TAB>JSON" as hexadecimal, a line each; no JSON where it refuses the file.
A value that it refuses is null. ini_cases.py SEED COUNT"""
import configparser
import json
import random
import sys

rnd = random.Random('ini files ' + sys.argv[1])
KEYS = ['a', 'B', 'keys', 'two words', 'é', 'a b ', 'x[y']
VALUES = ['', '1', 'text', '%(a)s', '%(B)s and %(b)s', '%%', '100%', '%(gone)s', '%(here)s/x', '%s', 'a = b', 'a: b', '# none', 'x # y', '[z]', '  spaced  ', 'é日', '%(a', '%()s', '%(x)d', "('a',\n  'b')"]


def line():
    kind = rnd.randrange(12)
    indent = rnd.choice(['', '', '', '', ' ', '\t', '    '])
    if kind == 0:
        return indent + '[%s]%s' % (rnd.choice(['one', 'two', 'three', 'DEFAULT', 'a b', 'x]y', ' one']), rnd.choice(['', '', ' ; x', ' ']))
    if kind == 1:
        return rnd.choice(['', ' ', '\t', '# so', '; so', '  # in', '\x0c'])
    if kind == 2 and rnd.random() < 0.2:
        return indent + rnd.choice(['novalue', '= no key', '[]', '[open', ':'])
    return indent + rnd.choice(KEYS) + rnd.choice(['=', ' = ', ':', ': ', '  :  ']) + rnd.choice(VALUES)


for _ in range(int(sys.argv[2])):
    start = rnd.choice(['[one]', '[one]', '[one]\na=0', '[DEFAULT]\na=1\nb=%(a)s', ''])
    text = rnd.choice(['\n', '\n', '\r\n']).join([start] + [line() for _ in range(rnd.randrange(9))]) + rnd.choice(['', '\n'])
    parser = configparser.ConfigParser({'here': '/srv'})
    found = {}
    try:
        parser.read_string(text.replace('\r\n', '\n'))
    except configparser.Error:
        print(text.encode().hex() + '\t')
        continue
    for section in parser.sections():
        found[section] = {}
        for key in parser[section]:
            try:
                found[section][key] = parser[section][key]
            except configparser.Error:
                found[section][key] = None
    print(text.encode().hex() + '\t' + json.dumps(found).encode().hex())
