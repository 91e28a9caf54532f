"""Coverage per file and room: python3 coverage_report.py COVERAGE.json LIMIT."""

import json
import os
import sys

limit = float(sys.argv[2])
with open(sys.argv[1]) as file:
    files = json.load(file)["data"][0]["files"]

# Their rooms are told, and have no limit: much of them is seen by the tests of the binaries only.
PROGRAMS = {"retry-run", "retry-run-sigstore", "sigstore-sandbox"}
# They run in a forked child: the exec stage is replaced by execve, the attendants end by _exit or KILL. None
# of them writes a profile, so their figure says nothing; the tests of the real binary are what covers them.
EXEC_STAGE = {"ExecStage.swift", "Execute.swift", "Guardian.swift", "Sentinel.swift"}

rooms = {}
stage, table = [], []
for entry in files:
    parts = entry["filename"].split(os.sep)
    if "Sources" not in parts:
        continue
    room = parts[len(parts) - 1 - parts[::-1].index("Sources") + 1]
    name, lines = parts[-1], entry["summary"]["lines"]
    if room == "ProcessRunner" and name in EXEC_STAGE:
        stage.append((name, lines["covered"], lines["count"]))
        continue
    covered, count = rooms.get(room, (0, 0))
    rooms[room] = (covered + lines["covered"], count + lines["count"])
    table.append((room, name, lines["covered"], lines["count"]))


def percent(covered, count):
    return 100.0 * covered / count if count else 0.0


def row(name, covered, count, note=""):
    print(f"{name:<44}{covered:>8}{count:>8}{percent(covered, count):>9.1f} %{note}")


print(f"\n{'file':<44}{'covered':>8}{'lines':>8}{'coverage':>11}")
for room, name, covered, count in sorted(table):
    row(f"{room}/{name}", covered, count)

print("\nNot in the figures: these files run in a forked child that never writes a profile.")
print("The tests of the real binary cover them.")
for name, covered, count in sorted(stage):
    row(f"ProcessRunner/{name}", covered, count)

print(f"\n{'room':<44}{'covered':>8}{'lines':>8}{'coverage':>11}")
low = []
for room, (covered, count) in sorted(rooms.items()):
    is_low = room not in PROGRAMS and percent(covered, count) < limit
    low += [room] if is_low else []
    row(room, covered, count, "  too low" if is_low else "")
if low:
    print(f"\ncoverage: below {limit:g} %: {', '.join(low)}", file=sys.stderr)
    sys.exit(1)
