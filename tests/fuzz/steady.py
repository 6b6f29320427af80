"""Runs a script so that what it prints is the same every time and in every clone: steady.py SCRIPT ARGUMENT…

The fuzzers begin with the same inputs then, and with their fixed seed they try the same things: what one run has tried, another
does not find by chance. To be run from the project's root, the script's path relative to it, with PYTHONHASHSEED set."""
import itertools
import os
import runpy
import sys
import threading
import time

moments = itertools.count(1767323045)
time.time = lambda: next(moments) + 0.25
time.time_ns = lambda: int(time.time() * 1_000_000_000)
os.getpid = lambda: 4711
get_ident = threading.get_ident
threading.get_ident = lambda: 140000000000000

script = sys.argv[1]
sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(script)
try:
    runpy.run_path(script, run_name="__main__")
finally:
    threading.get_ident = get_ident  # the interpreter's end asks for it, and waits for ever for another thread
