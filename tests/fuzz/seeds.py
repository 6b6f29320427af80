"""Writes the corpora that the fuzzers begin with, from what CPython writes: seeds.py DIRECTORY"""
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
out = pathlib.Path(sys.argv[1])


def lines(script, *arguments):
    run = subprocess.run([sys.executable, here.parent / "wire" / script, *arguments], check=True, capture_output=True, text=True)
    return run.stdout.splitlines()


def write(fuzzer, index, data):
    folder = out / fuzzer
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ("seed%04d" % index)).write_bytes(data)


pickles = [line.split(" ")[1] for line in lines("record_cases.py", "11", "120") + lines("pickle_cases.py", "12", "200")]
pickles += [line.split("\t")[1] for line in lines("object_cases.py")]
for i, pickled in enumerate(p for p in pickles if len(p) < 4000):
    write("PickleFuzzer", i, bytes.fromhex(pickled))
for i, line in enumerate(lines("json_cases.py", "13", "400")):
    text = line.split(" ")[0]
    if text != "-" and len(text) < 4000:
        write("JsonFuzzer", i, bytes.fromhex(text))
