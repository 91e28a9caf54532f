"""The tables of scripts/bench: python3 wrapper.py BINARY NAME…, in the folder of its measurements."""

import glob
import json
import resource
import statistics
import subprocess
import sys

binary, names = sys.argv[1], sys.argv[2:]


def times(pattern, index):
    """Every measured time of one command, in milliseconds."""
    results = [json.load(open(file))["results"][index] for file in glob.glob(pattern)]
    return [1000 * time for result in results for time in result["times"]]


rows = [times("first.*.json", index) for index in range(len(names))]
means = [statistics.mean(row) for row in rows]
medians = [statistics.median(row) for row in rows]
loop = names.index("bash loop")
print(f"\n{'':<18}{'mean ms':>9}{'median ms':>11}{'mean × loop':>13}{'median × loop':>15}{'peak MiB':>10}")
for index, name in enumerate(names):
    peak = int(open(f"rss.{index}").read().split()[-1]) / 1024
    print(f"{name:<18}{means[index]:>9.2f}{medians[index]:>11.2f}{means[index] / means[loop]:>13.2f}"
          f"{medians[index] / medians[loop]:>15.2f}{peak:>10.1f}")

one, many = (statistics.median(times("more.json", index)) for index in range(2))
print(f"\none more attempt: {(many - one) / 100:.2f} ms")


def cpu(delay):
    """CPU time of a run of two attempts, the wrapper's and the command's, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([binary, "-q", "-a", "2", "-d", delay, "--", "/bin/false"])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def least(delay, runs):
    return min(cpu(delay) for _ in range(runs))


with_pause, without = least("1", 5), least("0", 20)
print(f"CPU time of two attempts: {with_pause:.2f} ms with a pause of 1 s between them, "
      f"{without:.2f} ms without")
