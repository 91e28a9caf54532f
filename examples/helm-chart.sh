#!/bin/bash
# Pushes a Helm chart, which registries keep as any other artifact, and signs it by the digest that the
# push has printed. Whoever installs it verifies it by name and version, and installs what was verified.
#
# Usage: helm-chart.sh CHART.tgz oci://REGISTRY/FOLDER [OPTION…]    # options for retry-run sign
# RETRY_RUN names the binary, `retry-run` by default; HELM_OPTIONS are for helm push.
#
# To install it:
#   retry-run verify oci://REGISTRY/FOLDER/CHART:VERSION --certificate-identity … --certificate-oidc-issuer …
#   helm install app oci://REGISTRY/FOLDER/CHART --version VERSION
set -euo pipefail

retry_run=${RETRY_RUN:-retry-run}
chart=${1:?usage: helm-chart.sh CHART.tgz oci://REGISTRY/FOLDER [OPTION…]} folder=${2:?}
shift 2
read -ra options <<<"${HELM_OPTIONS:-}"

# helm has no retries of its own; a push of the same chart changes nothing.
pushed=$("$retry_run" --attempts 4 --delay 1s,10s -- helm push "${options[@]}" "$chart" "$folder" 2>&1)
echo "$pushed"

# "Pushed: REGISTRY/FOLDER/CHART:VERSION" and "Digest: sha256:…"
name=$(sed -n 's/^Pushed: //p' <<<"$pushed")
digest=$(sed -n 's/^Digest: //p' <<<"$pushed")
[[ $name && $digest == sha256:* ]] || { echo "helm did not say what it has pushed" >&2; exit 1; }

"$retry_run" sign "oci://${name%:*}@$digest" "$@"
echo "signed $name"
