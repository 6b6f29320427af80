"""Prints COUNT lines "form-in-hex canonical" of forms, good and odd: form_cases.py SEED COUNT"""
import random
import sys
import urllib.parse

from canonical import canonical, text

rng = random.Random(int(sys.argv[1]))

FIXED = ["", "&", "=", "a", "a=", "=b", "a=b=c", "a&b", "a=1&a=2", "a=+%20%2B", "%", "%4", "%zz", "a=%41%", "%C3%A9=%F0%9F%98%80", "a;b=c", "a=b&&c=d&",
         "%00=%0a", "a=%e6%97%a5", "a=%2526", "é=ü"]

for i in range(int(sys.argv[2])):
    if i < len(FIXED):
        form = FIXED[i]
    else:
        fields = [(text(rng), text(rng)) for _ in range(rng.randrange(6))]
        fields = [tuple(s.encode("utf-8", "replace").decode() for s in f) for f in fields]
        form = urllib.parse.urlencode(fields, quote_via=rng.choice([urllib.parse.quote_plus, urllib.parse.quote]))
        if i % 3 == 0:  # something cut out or put in, but no half character
            at = rng.randrange(len(form) + 1)
            spoilt = form[:at] + rng.choice(["%", "+", "&", "=", "%4", "x", "&&"]) + form[at:]
            if "\ufffd" not in urllib.parse.unquote(spoilt):
                form = spoilt
    fields = dict(urllib.parse.parse_qsl(form, keep_blank_values=True))
    print(form.encode().hex() or "-", canonical(fields))
