#!/bin/bash
# Signs a file in CI, and decides what becomes of the release by the exit code.
#
# Usage: sign.sh FILE [OPTION…]    # options for retry-run sign; FILE.sigstore.json is written
# RETRY_RUN names the binary, `retry-run` by default.
set -uo pipefail

retry_run=${RETRY_RUN:-retry-run}
file=${1:?usage: sign.sh FILE [OPTION…]}
shift

# Each call of each service is tried by itself, so there is no loop around this. For an outage that
# lasts, give it time: --attempts 20 --delay 10s,1m,3m --deadline 50m.
"$retry_run" sign --report "$file.report.json" "$file" "$@"
case $? in
    0) echo "publishing $file with $file.sigstore.json" ;;
    # The token is not one to sign with, a service says no, or an answer does not hold.
    1) echo "not published: signing was refused, and would be again" >&2; exit 1 ;;
    # Nothing is wrong with the release. Start the job again: nothing has to be cleaned up.
    69) echo "not published: a service did not answer, try again later" >&2; exit 75 ;;
    124) echo "not published: the time was over, try again later" >&2; exit 75 ;;
    # 125: no such file, a wrong option, no identity token to be had.
    *) echo "not published: the job is set up wrongly, see above" >&2; exit 2 ;;
esac
