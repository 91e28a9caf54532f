"""What a command costs, for the benchmarks."""

import os
import statistics
import subprocess
import sys
import time


def measured(command, expected=0):
    """Wall and CPU time in milliseconds, and peak memory in MiB, of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.stderr.close()
    if os.waitstatus_to_exitcode(status) != expected:
        sys.exit(f"measuring: {command[0]} failed:\n{error.decode(errors='replace')}")
    return 1000 * wall, 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def compare(commands, runs):
    """A table of the medians, and the share that the first command has of each other's."""
    # In rounds, so that a busy moment of the machine meets all of them alike.
    rows = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            rows[name].append(measured(command))
    medians = {name: [statistics.median(column) for column in zip(*row)]
               for name, row in rows.items()}
    ours = medians[next(iter(commands))]
    print(f"{'':<20}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}"
          f"{'wall':>8}{'CPU':>8}{'memory':>8}")
    for name, row in medians.items():
        print(f"{name:<20}" + "".join(f"{value:>10.1f}" for value in row)
              + "".join(f"{mine / value:>8.2f}" for mine, value in zip(ours, row)))
