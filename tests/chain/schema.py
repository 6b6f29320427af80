#!/usr/bin/python3
"""The JSON Schema of project files, held against what sluicectl reads.

    tests/chain/schema.py --sluicectl PROGRAM [--write]

The committed schema is what the declarations say (--write makes it so). By jsonschema, all examples and the projects of tests validate; so do
random projects that sluicectl finds right, with every node and every parameter among them. What is wrong by type, range, choice, key or
missing key is refused by both.
"""

import argparse
import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent.parent
committed = root / 'resources' / 'sluice-project.schema.json'
failures = []


def fail(*words):
    failures.append(' '.join(str(word) for word in words))


class Checker:
    def __init__(self, sluicectl):
        self.sluicectl = sluicectl
        self.schema = json.loads(self.run('nodes', '--schema').stdout)
        self.nodes = json.loads(self.run('nodes', '--json').stdout)
        self.validator = jsonschema.Draft202012Validator(self.schema)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='sluice-schema-'))

    def run(self, *words):
        return subprocess.run([self.sluicectl, *words], capture_output=True, text=True, timeout=60)

    def validates(self, project):
        return next(self.validator.iter_errors(project), None) is None

    def why(self, project):
        return '; '.join('%s: %s' % (error.json_path, error.message[:200]) for error in self.validator.iter_errors(project))

    def problems(self, project):
        file = self.folder / 'project.sluice'
        file.write_text(json.dumps(project), encoding='utf-8')
        made = self.run('check', str(file))
        return made.stdout if made.returncode else ''


def texts(param):
    return [entry['value'] for entry in param.get('suggestions', [])] or ['', 'text', 'späße “quoted”']


def value(param, rnd):
    """One that is right by its declaration."""
    kind = param['type']
    least, most = param.get('minimum'), param.get('maximum')
    if 'members' in param:
        return params(param['members'], rnd)
    if kind.startswith('one of '):
        return rnd.choice(kind[7:].split(' (')[0].split(', '))
    if kind.startswith('a whole number'):
        low = int(least) if least is not None else 0
        return rnd.choice([low, int(most) if most is not None else low + 1000, low + 1 if most is None or low + 1 <= most else low])
    if kind.startswith('a number'):
        low = least if least is not None else 0
        return rnd.choice([low, most if most is not None else low + 2.5])
    if kind == 'true or false':
        return rnd.choice([True, False])
    if kind.startswith('a level'):
        return rnd.choice(['DEBUG', 'ERROR', 'NOTSET', 'FATAL', 15, 30, -5])
    if kind == 'a list of texts':
        return [rnd.choice(['a', 'b@example.org'])] * rnd.randint(1, 3)
    if kind == 'an object of texts':
        return {'key': 'text'} if rnd.random() < 0.7 else {}
    if kind.startswith('an address'):
        return rnd.choice(['localhost', ['127.0.0.1', 25], ['::1', 65535]])
    if param.get('secret'):
        return '${env:SECRET}'
    return rnd.choice([text for text in texts(param) if text or not param.get('required')] or ['text'])


def params(specs, rnd, wanted=None):
    return {spec['key']: value(spec, rnd) for spec in specs if spec.get('required') or (rnd.random() < 0.3 if wanted is None else spec['key'] == wanted)}


def wrong_values(param):
    """(what is wrong, value) for a parameter."""
    kind = param['type']
    if 'members' in param:
        yield 'a text for an object', 'text'
        yield 'an unknown key', {'no such key': 1}
        return
    yield 'an object in a list', [{'a': 1}]
    if kind.startswith('one of '):
        yield 'no choice', 'no such choice'
    elif kind.startswith('a whole number') or kind.startswith('a number'):
        yield 'a text for a number', '7'
        yield 'a boolean for a number', True
        if 'minimum' in param:
            yield 'too little', param['minimum'] - 1
        if 'maximum' in param:
            yield 'too much', param['maximum'] + 1
        if kind.startswith('a whole number'):
            yield 'a fraction', (param.get('minimum') or 0) + 0.5
    elif kind == 'true or false':
        yield 'a number for true', 1
        yield 'a text for true', 'true'
    elif kind.startswith('a level'):
        yield 'no level', 'LOUD'
        yield 'a fraction', 10.5
    elif kind == 'a list of texts':
        yield 'a text for a list', 'text'
        yield 'numbers in a list', [1]
    elif kind == 'an object of texts':
        yield 'a list for an object', ['a']
        yield 'numbers in an object', {'a': 1}
    elif kind.startswith('an address'):
        yield 'a port alone', [25]
        yield 'a port that is none', ['localhost', 65536]
        yield 'too long a list', ['localhost', 25, 26]
    else:
        yield 'a number for a text', 5
        if param.get('required'):
            yield 'an empty text', ''


def project(nodes, **more):
    return {'sluice': 2, 'nodes': nodes, 'wires': [], **more}


def full(node):
    """All that a node needs, right in shape."""
    return params(node['params'], random.Random(1), wanted='')


def every_parameter(checker):
    for node in checker.nodes:
        base = full(node)
        for param in node['params']:
            for what, value_ in wrong_values(param):
                wrong = project([{'id': 'n', 'type': node['name'], 'params': {**base, param['key']: value_}}])
                place = '$.nodes[0].params.' + param['key']
                if checker.validates(wrong):
                    fail('the schema takes', what, 'for', node['name'], param['key'], value_)
                if place not in checker.problems(wrong):
                    fail('sluicectl takes', what, 'for', node['name'], param['key'], value_)
            if param.get('required'):
                missing = {key: v for key, v in base.items() if key != param['key']}
                for given in ({'params': missing}, {}) if not missing else ({'params': missing},):
                    wrong = project([{'id': 'n', 'type': node['name'], **given}])
                    if checker.validates(wrong) or not checker.problems(wrong):
                        fail('taken without', param['key'], node['name'])
        wrong = project([{'id': 'n', 'type': node['name'], 'params': {**base, 'noSuchKey': 1}}])
        if checker.validates(wrong) or not checker.problems(wrong):
            fail('an unknown key is taken by', node['name'])


VIEW = {'name': 'Errors', 'following': True, 'order': 'time', 'columns': [{'field': 'message', 'width': 300}, {'field': 'user.id'}],
        'time': {'kind': 'ago', 'zone': 'UTC', 'date': True, 'digits': 6},
        'filter': {'text': 'x', 'levels': ['ERROR'], 'loggers': ['app'], 'expressions': [{'text': 'a > 1', 'on': False, 'always': True}], 'from': '1700000000000000000', 'until': '1700000000000000001'}}
RULE = {'text': 'error', 'on': True, 'color': 8, 'bold': False, 'wholeRow': True}


def random_project(checker, rnd):
    nodes = [{'id': 'node %d' % i, 'type': node['name'], 'params': params(node['params'], rnd), 'position': [rnd.randint(-999, 999), 0.5]}
             for i, node in enumerate(rnd.choices(checker.nodes, k=rnd.randint(1, 6)))]
    return project(nodes, **{key: part for key, part in {
        'name': 'späße', 'comments': [{'id': 'c', 'text': 'words', 'position': [0, 1], 'size': [200, 100]}], 'views': [VIEW, {}], 'highlights': [RULE],
        'drawing': {'project': '', 'folder': '/'}}.items() if rnd.random() < 0.5})


def random_projects(checker, count):
    """Right ones, node by node where sluicectl wants more of a node than its shape."""
    right, seen = 0, set()
    for seed in range(count):
        made = random_project(checker, random.Random(seed))
        said = checker.problems(made)
        if not said:
            right += 1
            seen.update(node['type'] for node in made['nodes'])
            if not checker.validates(made):
                fail('project', seed, 'is right, and does not validate:', checker.why(made))
        elif not checker.validates(made):
            fail('what was made as its declaration says does not validate:', seed, checker.why(made), said)
    for node in checker.nodes:
        if node['name'] not in seen:
            for seed in range(40):
                made = project([{'id': 'n', 'type': node['name'], 'params': params(node['params'], random.Random(seed), wanted='' if seed < 3 else None)}])
                if checker.problems(made):
                    continue
                seen.add(node['name'])
                right += 1
                if not checker.validates(made):
                    fail(node['name'], 'does not validate:', checker.why(made))
                break
    unseen = {node['name'] for node in checker.nodes} - seen - {'Unsupported', 'UnsupportedFilter'}
    # These want values that fit together, which the corpus has from the examples and configurations.
    if unseen:
        fail('no right project was made with', sorted(unseen))
    return right


def wrong_projects(checker):
    node = {'id': 'a', 'type': 'NullHandler'}
    ways = [
        ('no version', lambda p: p.pop('sluice')), ('version 0', lambda p: p.update(sluice=0)), ('a newer version', lambda p: p.update(sluice=3)),
        ('a version as text', lambda p: p.update(sluice='2')), ('half a version', lambda p: p.update(sluice=1.5)), ('an unknown key', lambda p: p.update(colour=1)),
        ('a name that is none', lambda p: p.update(name=7)), ('too long a name', lambda p: p.update(name='x' * 201)),
        ('nodes in an object', lambda p: p.update(nodes={})), ('a node that is none', lambda p: p['nodes'].append(7)),
        ('no id', lambda p: p['nodes'][0].pop('id')), ('an empty id', lambda p: p['nodes'][0].update(id='')), ('too long an id', lambda p: p['nodes'][0].update(id='x' * 201)),
        ('no type', lambda p: p['nodes'][0].pop('type')), ('an unknown type', lambda p: p['nodes'][0].update(type='NulHandler')),
        ('params in a list', lambda p: p['nodes'][0].update(params=[])), ('half a position', lambda p: p['nodes'][0].update(position=[1])),
        ('a position in words', lambda p: p['nodes'][0].update(position=['left', 'top'])), ('an unknown key of a node', lambda p: p['nodes'][0].update(color='red')),
        ('a wire from nowhere', lambda p: p['wires'][0].pop('from')), ('a wire to nowhere', lambda p: p['wires'][0].pop('to')),
        ('a queue of none', lambda p: p['wires'][0].update(queue=0)), ('half a queue', lambda p: p['wires'][0].update(queue=1.5)),
        ('an endless queue', lambda p: p['wires'][0].update(queue=10_000_001)), ('an unknown policy', lambda p: p['wires'][0].update(whenFull='drop')),
        ('an unknown key of a wire', lambda p: p['wires'][0].update(colour=1)), ('a comment without words', lambda p: p['comments'][0].pop('text')),
        ('an unknown key of a comment', lambda p: p['comments'][0].update(colour=1)), ('views in an object', lambda p: p.update(views={})),
        ('a view that is none', lambda p: p['views'].append('Errors')), ('an unknown key of a view', lambda p: p['views'][0].update(colour=1)),
        ('a column without a field', lambda p: p['views'][0]['columns'].append({'width': 3})), ('a column that is too wide', lambda p: p['views'][0]['columns'][0].update(width=4001)),
        ('too many columns', lambda p: p['views'][0].update(columns=[{'field': 'a'}] * 65)), ('a kind of time that is none', lambda p: p['views'][0]['time'].update(kind='later')),
        ('four digits', lambda p: p['views'][0]['time'].update(digits=4)), ('a level that is none', lambda p: p['views'][0]['filter'].update(levels=['LOUD'])),
        ('an expression in a text', lambda p: p['views'][0]['filter'].update(expressions=['a'])), ('too many views', lambda p: p.update(views=[{}] * 101)),
        ('a colour that is none', lambda p: p['highlights'][0].update(color=9)), ('a rule without a text', lambda p: p['highlights'][0].pop('text')),
        ('an empty rule', lambda p: p['highlights'][0].update(text='')), ('too many rules', lambda p: p.update(highlights=[RULE] * 33)),
        ('a drawing without a folder', lambda p: p.update(drawing={'project': 'x'})), ('a drawing in a text', lambda p: p.update(drawing='x')),
    ]
    right = project([node, {'id': 'r', 'type': 'SocketReceiver'}], wires=[{'from': 'r', 'to': 'a'}], comments=[{'id': 'c', 'text': ''}], views=[VIEW], highlights=[RULE])
    if checker.problems(right) or not checker.validates(right):
        fail('the right one is wrong:', checker.problems(right), checker.why(right))
    for what, spoil in ways:
        wrong = copy.deepcopy(right)
        spoil(wrong)
        if checker.validates(wrong):
            fail('the schema takes', what)
        if not checker.problems(wrong):
            fail('sluicectl takes', what)
    return len(ways)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sluicectl', required=True)
    parser.add_argument('--projects', type=int, default=120)
    parser.add_argument('--write', action='store_true')
    options = parser.parse_args()
    checker = Checker(options.sluicectl)
    said = checker.run('nodes', '--schema').stdout
    if options.write:
        committed.write_text(said, encoding='utf-8')
    if not committed.exists() or committed.read_text(encoding='utf-8') != said:
        fail('%s is not what the declarations say: run this with --write' % committed.name)
    jsonschema.Draft202012Validator.check_schema(checker.schema)
    files = [*sorted((root / 'resources' / 'examples').glob('*.sluice')), *sorted((root / 'tests' / 'chain' / 'data').glob('*.sluice'))]
    for file in files:
        if not checker.validates(json.loads(file.read_text(encoding='utf-8'))):
            fail(file.name, 'does not validate:', checker.why(json.loads(file.read_text(encoding='utf-8'))))
    wrong = wrong_projects(checker)
    every_parameter(checker)
    right = random_projects(checker, options.projects)
    for line in failures:
        print(line)
    print('%d files, %d random projects that are right, %d ways to be wrong and every parameter: %d failures' % (len(files), right, wrong, len(failures)))
    return 1 if failures or right < options.projects // 4 else 0


if __name__ == '__main__':
    sys.exit(main())
