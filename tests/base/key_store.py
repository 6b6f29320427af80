#!/usr/bin/python3
"""Secrets of projects in the system's key store: a real gnome-keyring on a D-Bus of its own, and a real mail server that asks for a password.

    tests/base/key_store.py --bin FOLDER
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
failures = []


def expect(what, condition, *more):
    if not condition:
        failures.append(' '.join([what, *map(str, more)]))


def ctl(options, *words, text=None, environment=None):
    return subprocess.run([str(options.bin / 'sluicectl'), *words], input=text, capture_output=True, text=True, timeout=100, env=environment)


def kept_parts(options, place):
    """What of a Python configuration cannot be run here keeps its text, but for its secrets."""
    config = place / 'logging.json'
    config.write_text(json.dumps({'version': 1, 'handlers': {
        'shop': {'class': 'shop.Handler', 'api_key': 'sesame', 'path': 'x'},
        'mail': {'()': 'shop.mail', 'credentials': ['user', 'swordfish']}}, 'root': {'handlers': ['shop', 'mail']}}))
    project = place / 'logging.sluice'
    made = ctl(options, 'convert', str(config), str(project))
    expect('what is left out is said', made.returncode == 3 and 'Its config.handlers.shop.api_key is a secret' in made.stderr, made)
    expect('of a pair the second', 'config.handlers.mail.credentials.1 is a secret' in made.stderr and 'credentials.0' not in made.stderr, made.stderr)
    text = project.read_text()
    expect('no project has it', 'sesame' not in text and 'swordfish' not in text and 'user' in text, text)
    expect('nor is it told', 'sesame' not in made.stderr + made.stdout and 'swordfish' not in made.stderr + made.stdout, made)
    checked = ctl(options, 'check', str(project))
    expect('nothing is left to be said', 'secret' not in checked.stdout, checked)
    data = json.loads(text)
    for node in data['nodes']:
        if node['id'] == 'shop':
            part = json.loads(node['params']['config'])
            part['handlers']['shop']['api_key'] = 'sesame'
            node['params']['config'] = json.dumps(part)
    project.write_text(json.dumps(data))
    checked = ctl(options, 'check', str(project))
    expect('a secret in a file is said with its place', checked.returncode == 1 and '.params.config.handlers.shop.api_key: A secret stands in the file' in checked.stdout
           and 'sesame' not in checked.stdout, checked)
    back = place / 'back.json'
    made = ctl(options, 'convert', str(project), str(back))
    expect('nor does Python get it', made.returncode == 3 and 'sesame' not in back.read_text() + made.stderr and 'api_key is a secret' in made.stderr, made)
    project.write_text(project.read_text().replace('sesame', '${env:SHOP_KEY}'))
    checked = ctl(options, 'check', str(project))
    expect('a reference is none', 'secret' not in checked.stdout, checked)
    made = ctl(options, 'convert', str(project), str(back))
    handler = json.loads(back.read_text())['handlers']['shop']
    expect('Python gets the reference', handler == {'class': 'shop.Handler', 'api_key': '${env:SHOP_KEY}', 'path': 'x'} and 'does not follow the reference' in made.stderr, handler, made)


def inside(options):
    """On a bus with a key store that is open."""
    password = 'sec:ret'
    name = 'Späße / mail.credentials'
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        server = subprocess.Popen(['/usr/bin/python3', str(root / 'tests' / 'handler' / 'mail_server.py'), 'login', '', ''], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = int(server.stdout.readline())
        project = place / 'mail.sluice'
        project.write_text(json.dumps({'sluice': 2, 'nodes': [
            {'id': 'mail', 'type': 'SMTPHandler', 'params': {'mailhost': ['127.0.0.1', port], 'fromaddr': 'a@example.org', 'toaddrs': ['b@example.org'], 'subject': 'x',
                                                             'credentials': {'username': 'user', 'password': '${keychain:%s}' % name}}},
            {'id': 'in', 'type': 'JsonLinesReceiver', 'params': {'filename': 'in.jsonl'}}], 'wires': [{'from': 'in', 'to': 'mail'}]}), encoding='utf-8')
        (place / 'in.jsonl').write_text('{"name": "app", "levelno": 40, "levelname": "ERROR", "msg": "it failed"}\n')

        def run():
            return ctl(options, 'run', str(project), '--input', str(place / 'in.jsonl'))

        missing = run()
        expect('a secret that is not there is said', missing.returncode == 3 and 'nothing of that name' in missing.stderr and name in missing.stderr, missing)
        made = ctl(options, 'secret', 'set', name, text='wrong\n')
        expect('a secret is set', made.returncode == 0, made)
        refused = run()
        expect('a wrong password is refused', refused.returncode == 3, refused)
        expect('nothing of a secret is told', 'wrong' not in refused.stderr.replace('wrong password', ''), refused.stderr)
        made = ctl(options, 'secret', 'set', name, text=password + '\n')
        expect('a secret is set anew', made.returncode == 0, made)
        right = run()
        expect('it is used', right.returncode == 0, right)
        stored = subprocess.run(['secret-tool', 'lookup', 'server', 'Sluice', 'user', name], capture_output=True, text=True, timeout=60)
        expect('other programs find it', stored.stdout == password, stored)
        expect('it is taken out', ctl(options, 'secret', 'remove', name).returncode == 0)
        expect('and is gone', run().returncode == 3)
        expect('what is gone can be taken out', ctl(options, 'secret', 'remove', name).returncode == 0)
        server.stdin.close()
        mails = [json.loads(line) for line in server.stdout]
        expect('one mail came, from the user', len(mails) == 1 and 'user' in str(mails[0]['user']), mails)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--bin', required=True, type=pathlib.Path)
    parser.add_argument('--inside', action='store_true')
    parser.add_argument('rest', nargs='*', help='with --inside: a program to run there instead')
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    if options.inside:
        if options.rest:
            return subprocess.run(options.rest).returncode
        inside(options)
    else:
        # Where there is no store, it is said; and nothing is started for it.
        nowhere = {key: value for key, value in os.environ.items() if key not in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR')}
        none = ctl(options, 'secret', 'set', 'x', text='y\n', environment=nowhere)
        expect('without a key store it is said', none.returncode == 1 and "The system's key store does not take" in none.stderr, none)
        with tempfile.TemporaryDirectory() as place:
            kept_parts(options, pathlib.Path(place))
        if not all(map(shutil.which, ('dbus-run-session', 'gnome-keyring-daemon', 'secret-tool'))):
            print('skipped: dbus, gnome-keyring or libsecret-tools are missing')
            return 77
        with tempfile.TemporaryDirectory() as home:
            runtime = pathlib.Path(home) / 'runtime'
            runtime.mkdir(mode=0o700)
            environment = dict(nowhere, HOME=home, XDG_RUNTIME_DIR=str(runtime), **{key: str(pathlib.Path(home) / key) for key in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME')})
            # The daemon's number is for who holds it for a while.
            script = """printf "x\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
                asks=(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets)
                for try in {1..600}; do
                    asked=$("${asks[@]}" 2>/dev/null) && break
                    sleep 0.1
                done
                [ -n "$asked" ] || { echo "the key store has not come"; exit 1; }
                export SLUICE_TEST_KEYRING=${asked##* }
                "$@"
                status=$?
                kill -CONT "$SLUICE_TEST_KEYRING" # else it outlives its bus
                exit $status"""
            done = subprocess.run(['dbus-run-session', '--', 'bash', '-c', script, 'bash', sys.executable, __file__, '--bin', str(options.bin), '--inside', '--', *options.rest],
                                  env=environment, timeout=280)
            if done.returncode:
                failures.append('with a key store it ended with %d' % done.returncode)
    for line in failures:
        print(line)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
