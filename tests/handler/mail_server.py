"""A real mail server (aiosmtpd) on loopback until its input ends.  argv: kind, certificate, key.

Writes its port, then a JSON line for each mail: from, to, options of MAIL, the text as it came in (hex).
"""
import asyncio, json, socket, ssl, sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

kind, certificate, key = sys.argv[1:4]


class Mails:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if kind == "refusing" and not address.startswith("good"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if kind == "rejecting":
            return "554 we do not want that\x07"
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "options": envelope.mail_options,
                          "tls": session.ssl is not None or kind == "implicit", "user": session.auth_data and session.auth_data.decode(),
                          "data": envelope.content.hex()}), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    if not isinstance(data, LoginPassword) or (data.login, data.password) != (b"user", b"sec:ret"):
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=data.login)




if kind == "silent":
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()
    sys.exit()

probe = socket.create_server(("127.0.0.1", 0))
port = probe.getsockname()[1]
probe.close()
options = dict(hostname="127.0.0.1", port=port, data_size_limit=None, enable_SMTPUTF8=True)
if kind in ("starttls", "implicit"):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
if kind == "starttls":
    options.update(tls_context=tls, require_starttls=True, authenticator=authenticate, auth_required=True)
elif kind == "implicit":
    # aiosmtpd does not know that the connection is secure already.
    options.update(ssl_context=tls, authenticator=authenticate, auth_required=True, auth_require_tls=False)
elif kind == "login":
    options.update(authenticator=authenticate, auth_required=True, auth_require_tls=False)
controller = Controller(Mails(), **options)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
