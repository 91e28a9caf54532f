#!/bin/bash
# A retry loop as it is found in many scripts, and its replacement. Both are run here against the
# same flaky command, and what they did is compared.
#
# Usage: drop-in.sh [PATH-OF-RETRY-RUN]
set -uo pipefail

retry_run=${1:-retry-run}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset RETRY_RUN_OPTS

# Fails as often as $FAILURES says, with exit code $CODE, then works.
cat >"$work/publish" <<'COMMAND'
#!/bin/sh
calls=$(($(cat "$COUNTER") + 1))
echo "$calls" >"$COUNTER"
if [ "$calls" -le "$FAILURES" ]; then
    echo "publish: call $calls failed" >&2
    exit "$CODE"
fi
echo "published on call $calls"
COMMAND
chmod +x "$work/publish"
export COUNTER=$work/counter FAILURES CODE

# shellcheck disable=SC2317 # called by name, in record
# Before. The pauses are n × 5 s in real life and n × 0.2 s here.
loop() (
    for n in 1 2 3; do
        "$work/publish" && exit 0
        sleep "0.$((n * 2))"
    done
    exit 1
)

# shellcheck disable=SC2317
# After. In real life the pauses need no option: 5s,10s is the default.
replacement() {
    "$retry_run" --delay 200ms,400ms -- "$work/publish"
}

# record NAME: runs one of the two; keeps its output, its exit code and its number of calls.
record() {
    echo 0 >"$COUNTER"
    "$1" >"$work/$1.out" 2>"$work/$1.err" </dev/null
    echo "exit code $?, calls $(cat "$COUNTER")" >"$work/$1.result"
    echo "-- $1: $(cat "$work/$1.result")"
    sed 's/^/   /' "$work/$1.out" "$work/$1.err"
}

different=0
# compare FAILURES CODE TITLE
compare() {
    FAILURES=$1 CODE=$2
    echo "$3"
    record loop
    record replacement
    # What the command itself has written; retry-run's own lines are one per failed attempt.
    grep -v '^retry-run: ' "$work/replacement.err" >"$work/command.err"
    if cmp -s "$work/loop.out" "$work/replacement.out" &&
        cmp -s "$work/loop.err" "$work/command.err" &&
        cmp -s "$work/loop.result" "$work/replacement.result"; then
        echo "   the same"
    else
        echo "   DIFFERENT"
        different=1
    fi
}

compare 0 1 "The command works at once:"
compare 2 1 "It fails twice:"
compare 9 1 "It goes on failing:"

echo "Where the replacement is meant to differ: the command's exit code is kept."
FAILURES=9 CODE=75
record loop
record replacement
if ! grep -q '^exit code 1,' "$work/loop.result" ||
    ! grep -q '^exit code 75,' "$work/replacement.result"; then
    different=1
fi
exit "$different"
