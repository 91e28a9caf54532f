#!/bin/bash
# A release while the log is down: signed, left pending, carried to another folder, finished, verified.
#
# Usage: outage.sh
#
# Everything happens on this machine, against a sandbox. RETRY_RUN and SIGSTORE_SANDBOX name the binaries.
set -euo pipefail

retry_run=${RETRY_RUN:-retry-run}
sandbox=${SIGSTORE_SANDBOX:-sigstore-sandbox}

work=$(mktemp -d)
process=
clean_up() {
    [[ -z $process ]] || kill "$process" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT
cd "$work"

# The log does not answer, whatever it is asked.
"$sandbox" --folder box --fault rekor-v2:1-=503 >sandbox.log 2>&1 </dev/null &
process=$!
while [[ ! -e box/ready ]]; do
    kill -0 "$process" 2>/dev/null || { cat sandbox.log >&2; exit 1; }
    sleep 0.1
done
trust=(--trust-config box/client_trust_config_v2.json)

# 1. The job of the release. Without --defer-log it would end here, with 69.
mkdir dist
for system in linux darwin windows; do echo "the release for $system" >"dist/app-$system"; done
"$retry_run" sign "${trust[@]}" --identity-token @box/email.token --delay 100ms \
    --defer-log on-outage dist/*
ls dist

# 2. Its files, with what is pending, become an artifact of the job, and are carried to another machine.
mv dist elsewhere

# 3. The log is back.
address=$(python3 -c 'import json; print(json.load(open("box/ready"))["rekor-v2"])')
curl -fsS --noproxy '*' --data-binary '' "$address/sandbox/faults" >/dev/null

# 4. A later job finishes: no identity and no key is needed, everything but the entries is there.
"$retry_run" finish "${trust[@]}" elsewhere
ls elsewhere

# 5. Whoever downloads it verifies as ever.
for file in elsewhere/app-{linux,darwin,windows}; do
    "$retry_run" verify "${trust[@]}" --certificate-identity maintainer@example.com \
        --certificate-oidc-issuer-regexp '/auth$' "$file"
done
