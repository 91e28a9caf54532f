#!/bin/bash
# Rehearses an outage of Sigstore without network: would a release of yours survive it?
#
# Usage: outage-rehearsal.sh [PLAN…]
#
# A PLAN says which calls of a service go wrong and how, such as rekor-v2/create:1-2=503; without any,
# each service has a bad minute. RETRY_RUN and SIGSTORE_SANDBOX name the binaries, SIGN_OPTIONS holds
# options for retry-run sign. Exit code 0: signed and verified, with one entry in the log.
set -euo pipefail

retry_run=${RETRY_RUN:-retry-run}
sandbox=${SIGSTORE_SANDBOX:-sigstore-sandbox}
read -ra options <<<"${SIGN_OPTIONS:-}"
if [[ $# -eq 0 ]]; then
    set -- fulcio/certificate:1=503 tsa/timestamp:1=refuse \
        rekor-v2/create:1=html502 rekor-v2/create:2=commit-then-drop
fi

work=$(mktemp -d)
process=
finish() {
    [[ -z $process ]] || kill "$process" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
cd "$work"

plans=()
for plan in "$@"; do
    echo "what goes wrong: $plan"
    plans+=(--fault "$plan")
done
"$sandbox" --folder box "${plans[@]}" >log 2>&1 </dev/null &
process=$!
while [[ ! -e box/ready ]]; do
    kill -0 "$process" 2>/dev/null || { cat log >&2; exit 1; }
    sleep 0.1
done

# report: the calls so far, and the entries of the log.
report() {
    python3 - <<'PYTHON'
import json, urllib.request

ready = json.load(open("box/ready"))
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        ready["issuer"] + "/sandbox/calls") as answer:
    report = json.load(answer)
calls = report["calls"]
print(f"certificates asked for: {calls['fulcio']['certificate']}, "
      f"timestamps: {calls['tsa']['timestamp']}, entries offered: {calls['rekor-v2']['create']}, "
      f"read back: {calls['rekor-v2']['total'] - calls['rekor-v2']['create']}")
print(report["entries"]["rekor-v2"], file=open("entries", "w"))
PYTHON
}

echo "the release of today" >app
report >/dev/null
before=$(<entries)
code=0
"$retry_run" sign app --trust-config box/client_trust_config_v2.json \
    --identity-token @box/email.token "${options[@]}" || code=$?
report
made=$(($(<entries) - before))
echo "exit code $code, entries in the log: $made"
[[ $code -eq 0 ]] || exit "$code"
"$retry_run" verify app --trust-config box/client_trust_config_v2.json \
    --certificate-identity maintainer@example.com --certificate-oidc-issuer-regexp '/auth$'
[[ $made -eq 1 ]]
