#!/usr/bin/python3
"""What is installed lets a desktop open projects by double click: files told by name and content, and the program that opens them.

    tests/package/desktop_files.py --build FOLDER
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
failures = []


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=120, **more)


def expect(what, condition, *more):
    if not condition:
        failures.append(' '.join([what, *map(str, more)]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    options = parser.parse_args()
    if not all(map(shutil.which, ('desktop-file-validate', 'update-mime-database', 'update-desktop-database', 'gio'))):
        print('skipped: desktop-file-utils, shared-mime-info or libglib2.0-bin are missing')
        return 77
    with tempfile.TemporaryDirectory() as prefix:
        prefix = pathlib.Path(prefix)
        installed = run('cmake', '--install', options.build, '--component', 'programs', '--prefix', str(prefix))
        expect('it is not installed:', installed.returncode == 0, installed.stderr)
        share = prefix / 'share'
        valid = run('desktop-file-validate', '--no-hints', str(share / 'applications' / 'sluice.desktop'))
        expect('the desktop file is wrong:', valid.returncode == 0 and not valid.stdout, valid.stdout)
        mime = run('update-mime-database', str(share / 'mime'))
        expect('the MIME type is wrong:', mime.returncode == 0 and 'sluice' not in mime.stderr, mime.stderr)
        run('update-desktop-database', str(share / 'applications'))
        environment = dict(os.environ, HOME=str(prefix), XDG_DATA_HOME=str(prefix / 'home'), XDG_DATA_DIRS='%s:/usr/share' % share, PATH='%s:%s' % (prefix / 'bin', os.environ['PATH']))
        unnamed = prefix / 'project without its ending'
        shutil.copy(root / 'resources' / 'examples' / 'by-logger.sluice', unnamed)
        for file in [*sorted((root / 'resources' / 'examples').glob('*.sluice')), root / 'tests' / 'chain' / 'data' / 'version1.sluice', unnamed]:
            told = run('gio', 'info', '-a', 'standard::content-type', str(file), env=environment)
            expect('%s is taken for' % file.name, 'application/x-sluice-project' in told.stdout, told.stdout + told.stderr)
        opens = run('gio', 'mime', 'application/x-sluice-project', env=environment)
        expect('it is opened by', 'sluice.desktop' in opens.stdout, opens.stdout + opens.stderr)
        for icon in ('16x16', '256x256'):
            expect('no icon of', (share / 'icons' / 'hicolor' / icon / 'apps' / 'sluice.png').exists(), icon)
        expect('no schema', (share / 'sluice' / 'sluice-project.schema.json').exists())
        # A program that is asked for its version has found all that it is linked to.
        expect('the program does not start', run(str(prefix / 'bin' / 'sluicectl'), '--version').returncode == 0)
    for line in failures:
        print(line)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
