#!/bin/bash
# Says how a file was built, as SLSA provenance that is signed beside it, and verifies what it wrote.
#
# Usage: attest.sh FILE IDENTITY ISSUER [TRUST-OPTION…]    # writes FILE.provenance.sigstore.json
#
# IDENTITY and ISSUER are what verifiers will ask for: nothing is signed in another name. The token is
# the one of the CI system, or that of SIGSTORE_ID_TOKEN. RETRY_RUN names the binary.
set -euo pipefail

retry_run=${RETRY_RUN:-retry-run}
usage='usage: attest.sh FILE IDENTITY ISSUER [TRUST-OPTION…]'
file=${1:?$usage} identity=${2:?$usage} issuer=${3:?$usage}
shift 3

server=${GITHUB_SERVER_URL:-https://github.com}
repository=$server/${GITHUB_REPOSITORY:-example/app}
predicate=$(mktemp)
trap 'rm -f "$predicate"' EXIT
cat >"$predicate" <<JSON
{
  "buildDefinition": {
    "buildType": "https://actions.github.io/buildtypes/workflow/v1",
    "externalParameters": {
      "workflow": {
        "ref": "${GITHUB_REF:-refs/tags/v1.2.3}",
        "repository": "$repository",
        "path": ".github/workflows/release.yml"
      }
    },
    "resolvedDependencies": [
      {
        "uri": "git+$repository@${GITHUB_REF:-refs/tags/v1.2.3}",
        "digest": {"gitCommit": "${GITHUB_SHA:-5a1e0c2f7d9b4c38a6e1f0d2b3c4a59687786950}"}
      }
    ]
  },
  "runDetails": {
    "builder": {"id": "$repository/.github/workflows/release.yml@${GITHUB_REF:-refs/tags/v1.2.3}"},
    "metadata": {
      "invocationId": "$repository/actions/runs/${GITHUB_RUN_ID:-1}/attempts/${GITHUB_RUN_ATTEMPT:-1}"
    }
  }
}
JSON

bundle=$file.provenance.sigstore.json
"$retry_run" attest --type slsaprovenance1 --predicate "$predicate" --bundle "$bundle" \
    --expect-identity "$identity" --expect-issuer "$issuer" "$@" "$file"
"$retry_run" verify --type slsaprovenance1 --bundle "$bundle" \
    --certificate-identity "$identity" --certificate-oidc-issuer "$issuer" "$@" "$file"
