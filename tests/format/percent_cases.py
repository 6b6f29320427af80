"""Random formats and arguments for Python's `%`, with CPython's answers: [format, arguments, answer] a line."""

from cases import answer, hexed, random_for, scalar, tagged, value, write

rnd = random_for('percent')
FIXED = [('%5%', ()), ('%5%', (1,)), ('%(a)', {'a': 1}), ('%(a', {'a': 1}), ('%(a', 5), ('%(a)*d', {'a': 1}), ('%', ()), ('100%', (1,)),
         ('%*d', ('a', 1)), ('%*d', (2**70, 1)), ('%.*d', (2**40, 1)), ('%99999999999999999999d', 1), ('%.99999999999d', 1),
         ('%é', 1), ('éé%y', 1), ('%(x)s', [1]), ('%(x)s', b'1'), ('%(x)s', 5), ('x', [1]), ('x', b'1'), ('x', 'y'), ('x', 5),
         ('%s', [1, 2]), ('%s', {}), ('%(a(b)c)s', {'a(b)c': 1}), ('%%', {'a': 1}), ('%ld %hd %Ld', (1, 2, 3)), ('%lld', (1,)),
         ('%d', 1e300), ('%(a)s %s', {'a': 1}), ('%s %(a)s', {'a': 1}), ('%s %s', {'a': 1}), ('%c', 'é'), ('%c', ''), ('%c', 2**40)]


def conversion(keys):
    out = '%'
    if keys:
        out += '(%s)' % rnd.choice(keys + ['a', 'b', 'c'])
    for _ in range(rnd.choice([0, 0, 1, 2])):
        out += rnd.choice('-+ #0')
    out += rnd.choice(['', '', '', '5', '12', '30', '*' if not keys else '3'])
    out += rnd.choice(['', '', '', '.0', '.1', '.3', '.', '.12', '.*' if not keys else '.2'])
    return out + rnd.choice('sssraaddiuoxXeEfFgGcdsf' + ('%y' if rnd.random() < 0.05 else 's'))


for form, args in FIXED:
    write(hexed(form), tagged(args), answer(lambda: form % args))
for _ in range(4000):
    keys = rnd.random() < 0.25
    names = ['a', 'b', 'c'] if keys else []
    parts = []
    for _ in range(rnd.randrange(1, 4)):
        parts.append(rnd.choice(['', 'x ', 'é=', '%%', ' ', '\n']))
        parts.append(conversion(names))
    form = ''.join(parts)
    if keys and rnd.random() < 0.9:
        args = {name: value(rnd) for name in names}
    elif rnd.random() < 0.9:
        wanted = form.replace('%%', '').count('%') + form.count('*') + rnd.choice([0, 0, 0, 0, 0, 1, -1])
        args = tuple(rnd.randrange(-9, 20) if '*' in form and rnd.random() < 0.5 else value(rnd) for _ in range(max(0, wanted)))
    else:
        args = value(rnd)
    if '*' in form and isinstance(args, tuple):
        # A width out of the blue is a matter of memory, not of formatting.
        args = tuple(rnd.randrange(-9, 20) if type(a) is int and abs(a) > 99 else a for a in args)
    elif '*' in form and type(args) is int:
        args = 12
    write(hexed(form), tagged(args), answer(lambda: form % args))
