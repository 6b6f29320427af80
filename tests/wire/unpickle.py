"""Reads lines of hex pickles from standard input and prints the canonical form of each."""
import pickle
import sys

from canonical import canonical

for line in sys.stdin:
    print(canonical(pickle.loads(bytes.fromhex(line.strip()))))
