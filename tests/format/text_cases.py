"""Random values with CPython's str, repr and ascii of each: [value, str, repr, ascii] a line."""

from cases import FLOATS, TEXTS, answer, random_for, tagged, value, write

rnd = random_for('text')
values = FLOATS + TEXTS + [value(rnd) for _ in range(1500)]
values += [chr(c) for c in list(range(0x500)) + [rnd.randrange(0x110000) for _ in range(500)]]
values += [rnd.random() * 10.0**rnd.randrange(-320, 309) for _ in range(800)]
for item in values:
    write(tagged(item), answer(lambda: str(item)), answer(lambda: repr(item)), answer(lambda: ascii(item)))
