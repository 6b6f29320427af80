"""Mails as CPython's SMTPHandler makes them: JSON arrays [from, [to], subject, text, created, answer], texts in hex.

The handler is the real one; only the connection is cut off behind it.  argv: seed, count.
"""
import datetime, email.utils, json, logging, logging.handlers, random, smtplib, sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)
sent = []


class CutOff(smtplib.SMTP):
    def __init__(self, *args, **kwargs):
        self.esmtp_features = {"smtputf8": ""}
        self.does_esmtp = True

    def ehlo_or_helo_if_needed(self):
        pass

    def sendmail(self, from_addr, to_addrs, msg, *options):
        sent.append((from_addr, list(to_addrs), msg))
        return {}

    def quit(self):
        pass


smtplib.SMTP = CutOff
now = 0
email.utils.localtime = lambda: datetime.datetime.fromtimestamp(now, datetime.timezone.utc).astimezone()


class Handler(logging.handlers.SMTPHandler):
    def handleError(self, record):
        sent.append(sys.exc_info()[1])


WORDS = ["the", "disk", "is", "full", "From", "From here", ".", "..", ".dot", "a=b", "=?", "?=", "=?utf-8?q?J=C3=B6?=",
         "=?utf-8?b?w7Y=?=", "=?latin-1?q?=E4?=", "=?bogus?q?x?=", "x=?utf-8?q?a?=", "(c)", "\"quoted\"", "müßig", "über",
         "日本語", "ログ", "😀", "é" * 7, "x" * 30, "y" * 90, "\t", "  ", " ", "=20", "a,b", "\u00a0", "\u2028", "z@y"]
LINE_ENDS = ["\n", "\n", "\n", "\r\n", "\r", "\n\n", "\v", "\x1c", "\u0085"]


def words(most):
    return rng.choice([" ", " ", "", "  "]).join(rng.choice(WORDS) for _ in range(rng.randint(0, most)))


def ascii_line(size):
    return "".join(chr(rng.randint(32, 126)) for _ in range(size))


def text():
    kind = rng.randrange(9)
    if kind == 0:
        return ""
    if kind == 1:
        return ascii_line(rng.randint(0, 400))
    if kind == 2:
        return "é" * rng.randint(30, 90) + rng.choice(["", " ", "\t"])
    if kind == 3:
        return "\n".join(words(rng.choice([3, 40])) for _ in range(rng.randint(1, 30)))
    if kind == 4:
        return ascii_line(rng.randint(70, 160)) + rng.choice([" ", "\t", "=", ""]) + rng.choice(["", "\n", "\nFrom x"])
    if kind == 5:
        return "".join(chr(rng.choice([rng.randint(0, 255), rng.randint(0, 0xD7FF)])) for _ in range(rng.randint(0, 200)))
    if kind == 6 and rng.random() < .2:
        return "lone \ud800 surrogate"
    return "".join(words(8) + rng.choice(LINE_ENDS) for _ in range(rng.randint(0, 8)))


def subject():
    kind = rng.randrange(10)
    if kind == 0:
        return ""
    if kind == 1:
        return words(4) + rng.choice(LINE_ENDS) + words(2)
    if kind == 2:
        return "x" * rng.randint(60, 200)
    if kind == 3:
        return "ü" * rng.randint(1, 120)
    if kind == 4:
        return "日本語 " * rng.randint(1, 40)
    return words(rng.choice([5, 30]))


ADDRESSES = ["a@b", "ann.lee@example.com", "Ann Lee <ann@example.com>", "\"Lee, Ann\" <ann@example.com>", "root",
             "<x@y.z>", "Jörg Müller <jm@example.com>", "\"Müller, Jörg\" <jm@example.com>", " sp@ce.d ", "J. R. Ewing <jr@x>",
             "\"quoted local\"@example.com", "=?utf-8?q?J=C3=B6rg?= <j@x>",
             "A Person With Quite A Long Name That Needs A Line Or Two Of Its Own <person@a-long-domain.example.org>",
             "Ünal Ä Very Löng Näme Thät Nëeds Möre Than One Encoded Wörd To Bë Written <u@example.org>",
             "long.local.part.that.goes.on.and.on@a.very.long.domain.name.of.an.example.organisation.example.com",
             "\"esc \\\" aped\" <e@x>", "jörg@example.com", "who@bücher.example"]

for number in range(count):
    now = rng.choice([0, 1, 1e9, 1711846800, 1729990800]) + rng.randrange(10**8)
    from_ = ADDRESSES[number % len(ADDRESSES)] if number < 60 else rng.choice(ADDRESSES[:-2])
    to = [rng.choice(ADDRESSES[:None if rng.random() < .1 else -2]) for _ in range(rng.choice([1, 1, 2, 3, 9]))]
    if number % 3:
        from_, to = "logs@example.com", ["ops@example.com"]
    head, body = subject(), text()
    handler = Handler("localhost", from_, to, head)
    sent.clear()
    handler.emit(logging.makeLogRecord({"msg": body}))
    result = sent[0]
    hexed = lambda s: s.encode("utf-8", "surrogatepass").hex()
    if isinstance(result, Exception):
        answer = ["error", hexed(str(result)), "", []]
    else:
        answer = ["ok", result[2].hex(), hexed(result[0]), [hexed(a) for a in result[1]]]
    print(json.dumps([hexed(from_), [hexed(a) for a in to], hexed(head), hexed(body), int(now), answer]))
