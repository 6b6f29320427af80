"""Random format specifications and values, with CPython's format(value, spec): [value, spec, answer] a line."""

from cases import answer, hexed, random_for, scalar, tagged, value, write

rnd = random_for('spec')


def spec():
    if rnd.random() < 0.05:
        return ''.join(rnd.choice('<>=^+-# 0,_.19dxzé%s') for _ in range(rnd.randrange(1, 8)))
    out = rnd.choice(['', '', '', '<', '>', '^', '=', '*<', 'é^', '0>', '{=', '0=', '\u65e5>'])
    out += rnd.choice(['', '', '', '+', '-', ' ']) + rnd.choice(['', '', '', '', 'z']) + rnd.choice(['', '', '', '#'])
    out += rnd.choice(['', '', '0']) + rnd.choice(['', '', '1', '5', '12', '25']) + rnd.choice(['', '', '', ',', '_'])
    out += rnd.choice(['', '', '', '.0', '.1', '.3', '.10', '.'])
    return out + rnd.choice(['', '', 's', 'd', 'b', 'o', 'x', 'X', 'c', 'n', 'e', 'E', 'f', 'F', 'g', 'G', '%', 'f', 'g', 'd', 'y'])


for _ in range(12000):
    item, text = (scalar if rnd.random() < 0.95 else value)(rnd), spec()
    write(tagged(item), hexed(text), answer(lambda: format(item, text)))
