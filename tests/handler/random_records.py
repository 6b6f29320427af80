"""Random records, those of the conformance suite: random_records.py SEED COUNT, as JSON lines."""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
import cases

rng = random.Random("wires %s" % sys.argv[1])
clock = [1700000000.25, []]
for _ in range(int(sys.argv[2])):
    print(json.dumps(cases.record(rng, clock)))
