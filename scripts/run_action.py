"""Runs the steps of the example action: python3 run_action.py BINARY ACTION.yml WORK."""

import os
import re
import subprocess
import sys

import yaml

binary, file, work = sys.argv[1:]
with open(file) as stream:
    action = yaml.safe_load(stream)


def run(**given):
    """The exit code and the summary of the step, with these inputs."""
    summary = work + "/summary"
    open(summary, "w").close()
    inputs = {name: given.get(name, entry.get("default")) for name, entry in action["inputs"].items()}
    [step] = action["runs"]["steps"]
    here = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], value)
            for name, value in step["env"].items()}
    here.update(RETRY_RUN=binary, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=summary)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=work,
        env={**os.environ, **here}, stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    with open(summary) as stream:
        return done.returncode, stream.read()


command = """echo "it's $RETRY_RUN_ATTEMPT"
test "$RETRY_RUN_ATTEMPT" -ge 2"""
code, summary = run(command=command, delay="10ms")
failed = run(command="exit 7", attempts="2", delay="10ms", deadline="10s")
cut = run(command="sleep 9 | cat", attempts="1", timeout="200ms")
os.environ["RETRY_RUN_OPTS"] = "--attempts 4 --delay 10ms"
tuned = run(command="exit 7")
for good, what in [(code == 0 and "succeeded on attempt 2" in summary, "recovers, and says so"),
                   (failed[0] == 7 and "failed after 2 attempts" in failed[1], "keeps the exit code"),
                   (cut[0] == 124, "cuts an attempt"),
                   ("failed after 4 attempts" in tuned[1], "leaves the rest to RETRY_RUN_OPTS")]:
    print("ok   " if good else "WRONG", what)
    if not good:
        sys.exit(f"{code} {summary} {failed} {cut} {tuned}")
