#!/usr/bin/python3
"""Whether arrows point one way: rooms.py ROOT

In handlers/ and in ui/ each room may use only those that the README lists above it, and itself; handlers/ uses none of ui/, and
neither of app/."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
houses = {}
section = re.search(r"^## Rooms\n(.*?)^Arrows point one way", (root / "README.md").read_text(encoding="utf-8"), re.S | re.M)
for line in section[1].splitlines():
    if outer := re.match(r"    (\w+)/ ", line):
        house = houses.setdefault(outer[1], [])
    elif inner := re.match(r"      (\w+)/ ", line):
        house.append(inner[1])

wrong = []
arrows = 0
for house, uses in (("handlers", []), ("ui", houses["handlers"])):
    found = {folder.name for folder in (root / house).iterdir() if folder.is_dir()}
    wrong += [f"{house}/{name} is in the README or among the folders, and not in both" for name in found ^ set(houses[house])]
    for source in sorted((root / house).rglob("*")):
        if source.suffix not in (".h", ".cpp") or source.parent == root / house:
            continue
        room = source.relative_to(root / house).parts[0]
        allowed = uses + houses[house][:houses[house].index(room) + 1] if room in houses[house] else []
        for used in re.findall(r'^#include "(\w+)/', source.read_text(encoding="utf-8"), re.M):
            arrows += 1
            if used not in allowed:
                wrong.append(f"{source.relative_to(root)} uses {used}/, which does not stand above it")

if arrows < 1000:
    wrong.append(f"only {arrows} arrows were found: the README's rooms or the folders are elsewhere")
print("\n".join(wrong) or f"{arrows} arrows, all one way")
sys.exit(1 if wrong else 0)
