#!/bin/bash
# Signs an image that has just been pushed, with all images that it lists, and checks the signature
# before anybody deploys it.
#
# Usage: sign-image.sh REGISTRY/REPOSITORY@sha256:… IDENTITY ISSUER [OPTION…]    # options for retry-run sign
# RETRY_RUN names the binary, `retry-run` by default; TRUST_OPTIONS are for signing and verifying.
set -uo pipefail

retry_run=${RETRY_RUN:-retry-run}
image=${1:?usage: sign-image.sh IMAGE IDENTITY ISSUER [OPTION…]} identity=${2:?} issuer=${3:?}
shift 3
read -ra trust <<<"${TRUST_OPTIONS:-}"

# What was pushed is known by its digest; a tag may be somebody else's by now.
case $image in
    *@sha256:*) ;;
    *) echo "$image has no digest: take the one that the push has printed" >&2; exit 2 ;;
esac

# A registry that has a hiccup costs another push, never another entry in the log.
"$retry_run" sign --recursive "oci://$image" "${trust[@]}" "$@"
case $? in
    0) ;;
    1) echo "not released: signing was refused, and would be again" >&2; exit 1 ;;
    69 | 124) echo "not released: a service did not answer, try again later" >&2; exit 75 ;;
    *) echo "not released: the job is set up wrongly, see above" >&2; exit 2 ;;
esac

# 69 is no "no": the registry has not said what it has.
"$retry_run" --quiet --attempts 4 --delay "${DELAY:-1m}" --retry-on 69,124 -- \
    "$retry_run" verify "oci://$image" "${trust[@]}" \
    --certificate-identity "$identity" --certificate-oidc-issuer "$issuer"
case $? in
    0) echo "releasing $image" ;;
    1) echo "refusing $image: its signatures are not by $identity" >&2; exit 1 ;;
    69 | 124) echo "not now: the registry did not say what it has" >&2; exit 75 ;;
    *) echo "the check itself is wrong, see above" >&2; exit 2 ;;
esac
