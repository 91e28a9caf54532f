#!/bin/bash
# The gate before a deployment: nothing is installed that is not verified, and an ordinary outage of
# Sigstore's trust repository does not look like a forged release.
#
# Usage: verify.sh FILE [OPTION…]    # FILE.sigstore.json beside it; options for retry-run verify
# RETRY_RUN names the binary, `retry-run` by default.
set -uo pipefail

retry_run=${RETRY_RUN:-retry-run}
file=${1:?usage: verify.sh FILE [OPTION…]}
shift

# A no (1) or a mistake (125) is final at once; what a second look may mend is looked at again.
"$retry_run" --quiet --attempts 4 --delay "${DELAY:-1m}" --retry-on 69,124 -- \
    "$retry_run" verify "$file" "$@"
case $? in
    0) echo "deploying $file" ;;
    1) echo "refusing $file: it is not what was released" >&2; exit 1 ;;
    69 | 124) echo "not now: the trust could not be refreshed" >&2; exit 75 ;;
    *) echo "the check itself is wrong, see above" >&2; exit 2 ;;
esac
