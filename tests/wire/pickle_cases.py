"""Prints COUNT lines "protocol pickle-in-hex canonical" of random values pickled by CPython: pickle_cases.py SEED COUNT"""
import pickle
import random
import sys

from canonical import canonical, value

rng = random.Random(int(sys.argv[1]))
for i in range(int(sys.argv[2])):
    v = value(rng)
    protocol = i % 6
    # The pickler in C and the one in Python differ in details.
    dumps = pickle.dumps if rng.random() < .7 else pickle._dumps
    print(protocol, dumps(v, protocol).hex(), canonical(v))
