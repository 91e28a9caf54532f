#!/bin/bash
# The command line by which Sigstore's conformance suite drives a client, in front of retry-run.
#
# Usage: conformance.sh sign-bundle [--staging] [--in-toto] --identity-token TOKEN --bundle FILE
#            [--trusted-root FILE] [--signing-config FILE] ARTIFACT
#        conformance.sh verify-bundle [--staging] --bundle FILE
#            (--certificate-identity NAME --certificate-oidc-issuer URL | --key FILE)
#            [--trusted-root FILE] FILE|sha256:HEX
#
# RETRY_RUN names the binary, `retry-run` by default. Exit code 0 is a yes, any other a no.
set -euo pipefail

retry_run=${RETRY_RUN:-retry-run}

usage() {
    echo "conformance: $*" >&2
    sed -n 's/^# \(Usage: \|       \)\(conformance\.sh\|    \)/       \2/p' "$0" >&2
    exit 2
}

verb=${1:-}
[[ $verb == sign-bundle || $verb == verify-bundle ]] || usage "'$verb' is neither of the two verbs"
shift

staging='' in_toto='' bundle='' trusted_root='' signing_config='' subject=''
# What retry-run takes as it is.
passed_on=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --staging) staging=--staging ;;
        --in-toto) in_toto=yes ;;
        --bundle | --trusted-root | --signing-config | --identity-token | --certificate-identity | \
            --certificate-oidc-issuer | --key)
            [[ $# -gt 1 ]] || usage "$1 has no value"
            case $1 in
                --bundle) bundle=$2 ;;
                --trusted-root) trusted_root=$2 ;;
                --signing-config) signing_config=$2 ;;
                *) passed_on+=("$1" "$2") ;;
            esac
            shift
            ;;
        -*) usage "'$1' is not known" ;;
        *)
            [[ -z $subject ]] || usage "'$1' is one argument too many"
            subject=$1
            ;;
    esac
    shift
done
[[ -n $bundle && -n $subject ]] || usage "a bundle and an artifact are needed"

# A trusted root of one's own is the trust, also beside --staging.
if [[ $verb == verify-bundle ]]; then
    trust=(${staging:+"$staging"})
    [[ -z $trusted_root ]] || trust=(--trusted-root "$trusted_root")
    exec "$retry_run" verify --bundle "$bundle" "${trust[@]}" "${passed_on[@]}" -- "$subject"
fi

# A signing config of one's own goes with either; a trusted root alone does not tell where the services
# are, so the instance is what signs, and the bundle has to hold by the trusted root as well.
trust=(${signing_config:+--signing-config "$signing_config"})
if [[ -n $trusted_root && -n $signing_config ]]; then
    trust+=(--trusted-root "$trusted_root")
else
    trust+=(${staging:+"$staging"})
fi
# The bundle may be there already.
arguments=(--bundle "$bundle" --overwrite "${trust[@]}" "${passed_on[@]}")
if [[ -n $in_toto ]]; then
    "$retry_run" attest "${arguments[@]}" --statement "$subject"
else
    "$retry_run" sign "${arguments[@]}" -- "$subject"
fi
[[ -n $trusted_root && -z $signing_config ]] || exit 0

anybody=(--certificate-identity-regexp '.*' --certificate-oidc-issuer-regexp '.*')
if [[ -n $in_toto ]]; then
    type=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["predicateType"])' "$subject")
    check=(verify-blob-attestation --no-check-claims --type "$type")
else
    check=(verify-blob)
fi
"$retry_run" "${check[@]}" --bundle "$bundle" --trusted-root "$trusted_root" "${anybody[@]}" \
    -- "$subject" || { rm -f -- "$bundle"; exit 1; }
