#!/usr/bin/python3
"""What sluicectl leaves behind, compared with what CPython's logging leaves behind, byte for byte.

    tests/conformance/run.py [--sluicectl PROGRAM] [--seeds 1-150] [--keep DIR]

For each seed: a random dictConfig, random records, files that were there before, and a time zone. CPython handles each record as a
receiver would (makeLogRecord, the logger of its name, logging.shutdown at the end), `sluicectl run --input` reads the same
lines, each in a folder of its own; the two trees of files must be the same.

Deviations that are taken on purpose are given to CPython as well; deviations.py has them. `-v` prints every seed.
"""

import argparse
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

import cases
import deviations

here = pathlib.Path(__file__).resolve().parent


def reference():
    """CPython, in this process and this folder."""
    import logging.config

    deviations.apply()
    logging.raiseExceptions = False
    logging.lastResort = None
    with open('../config.json', encoding='utf-8') as file:
        config = json.load(file)
    for handler in config['handlers'].values():
        if handler.get('atTime'):
            handler['atTime'] = datetime.time.fromisoformat(handler['atTime'])
    logging.config.dictConfig(config)
    with open('../records.jsonl', encoding='utf-8') as lines:
        for line in lines:
            record = logging.makeLogRecord(json.loads(line))
            logger = logging.getLogger(record.name)
            if logger.isEnabledFor(record.levelno):
                logger.handle(record)
    logging.shutdown()


def run_reference(folder, zone):
    """In a process of its own, for logging is one for a process. False if CPython refuses the configuration."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.environ['TZ'] = zone
            import time
            time.tzset()
            os.chdir(folder)
            reference()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def tree(folder):
    found = {}
    for path in sorted(pathlib.Path(folder).rglob('*')):
        name = str(path.relative_to(folder))
        found[name] = path.read_bytes() if path.is_file() else None
    return found


def differences(python, sluice):
    for name in sorted(set(python) | set(sluice)):
        if name not in sluice:
            yield '%s: only CPython has it (%d bytes)' % (name, len(python[name] or b''))
        elif name not in python:
            yield '%s: only Sluice has it (%d bytes)' % (name, len(sluice[name] or b''))
        elif python[name] != sluice[name]:
            one, other = python[name], sluice[name]
            at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
            start = max(0, at - 60)
            yield '%s: %d and %d bytes, different from byte %d on\n    CPython: %r\n    Sluice:  %r' % (
                name, len(one), len(other), at, one[start:at + 60], other[start:at + 60])


def compare(seed, sluicectl, folder):
    """The differences of a case, as sentences; and the bytes compared."""
    config, records, existing, zone = cases.case(seed)
    folder.mkdir()
    (folder / 'config.json').write_text(json.dumps(config, indent=1, ensure_ascii=seed % 2 == 0), encoding='utf-8', errors='surrogatepass')
    with open(folder / 'records.jsonl', 'w', encoding='utf-8') as lines:
        for number, record in enumerate(records):
            text = json.dumps(record, ensure_ascii=False)
            try:
                text.encode()
            except UnicodeEncodeError:
                text = json.dumps(record)
            lines.write((text if number % 2 else json.dumps(record)) + '\n')
    for side in 'cpython', 'sluice':
        (folder / side / 'sub').mkdir(parents=True)
        for name, (content, modified) in existing.items():
            (folder / side / name).write_bytes(content)
            os.utime(folder / side / name, (modified, modified))
    if not run_reference(folder / 'cpython', zone):
        return ['CPython refused the case, see above'], 0
    ours = subprocess.run([sluicectl, 'run', '../config.json', '--input', '../records.jsonl', '--clock', 'records', '--ledger', '../ledger.json'],
                          cwd=folder / 'sluice', env=dict(os.environ, TZ=zone), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if ours.returncode not in (0, 3):
        return ['sluicectl ended with %d: %s' % (ours.returncode, ours.stderr.decode(errors='replace'))], 0
    python = tree(folder / 'cpython')
    found = list(differences(python, tree(folder / 'sluice')))
    if found:
        found.append('sluicectl said: ' + ours.stderr.decode(errors='replace')[:1500])
    ledger = json.loads((folder / 'ledger.json').read_text())
    total = ledger.get('total', {})
    if total and total['accepted'] != len(records):
        found.append('%d of %d records were accepted' % (total['accepted'], len(records)))
    return found, sum(len(content or b'') for content in python.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sluicectl', default=str(here.parent.parent / 'build' / 'dev' / 'bin' / 'sluicectl'))
    parser.add_argument('--seeds', default='1-150', metavar='A-B')
    parser.add_argument('--keep', help='folder for the cases that differ (default: a new one)')
    parser.add_argument('-v', action='store_true')
    options = parser.parse_args()
    first, _, last = options.seeds.partition('-')
    seeds = range(int(first), int(last or first) + 1)
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix='sluice-conformance-')).resolve()
    folder.mkdir(exist_ok=True)
    failed, compared = [], 0
    for seed in seeds:
        place = folder / ('seed-%d' % seed)
        shutil.rmtree(place, ignore_errors=True)
        found, size = compare(seed, os.path.abspath(options.sluicectl), place)
        compared += size
        if options.v:
            print('seed %d: %d bytes' % (seed, size))
        if found:
            failed.append(seed)
            print('seed %d differs; its case is in %s' % (seed, place))
            for line in found:
                print('  ' + line)
        else:
            shutil.rmtree(place)
    if not failed and not options.keep:
        folder.rmdir()
    print('%d of %d cases are the same, %d bytes compared' % (len(seeds) - len(failed), len(seeds), compared))
    if failed:
        print('different: ' + ' '.join(map(str, failed)))
    # Cases that leave nothing behind would prove nothing.
    return 1 if failed or compared < 1000 * len(seeds) else 0


if __name__ == '__main__':
    sys.exit(main())
