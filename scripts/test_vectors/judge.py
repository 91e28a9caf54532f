"""Asks sigstore-python, an independent verifier, about every vector, and lists where it differs.

It has no verification with a key, so those vectors are left out.
"""

import csv
import logging


def main(folder):
    logging.disable()
    with open(folder / "expected.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    judged = agreed = 0
    for row in rows:
        if row["key"] or row["bundle"] == "rejected/key-bundle-without-key.sigstore.json":
            continue
        judged += 1
        reason = refusal(folder, row)
        verdict = "rejected" if reason else "accepted"
        if verdict == row["verdict"]:
            agreed += 1
        else:
            print(f"{row['bundle']}: {verdict} here: {reason or row['check']}")
    print(f"{agreed} of {judged} as expected, {len(rows) - judged} without an opinion")


def refusal(folder, row):
    """Why sigstore-python does not accept the bundle; None when it does."""
    from sigstore.models import Bundle, TrustedRoot
    from sigstore.verify import Verifier, policy

    try:
        trusted_root = TrustedRoot.from_file(str(folder / row["trusted_root"]))
        verifier = Verifier(trusted_root=trusted_root)
        bundle = Bundle.from_json((folder / row["bundle"]).read_bytes())
        identity = policy.Identity(identity=row["identity"], issuer=row["issuer"])
        artifact = (folder / row["artifact"]).read_bytes()
        if bundle._inner.dsse_envelope is None:
            verifier.verify_artifact(artifact, bundle, identity)
        else:
            attest(*verifier.verify_dsse(bundle, identity), artifact, row["predicate_type"])
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
    return None


def attest(payload_type, payload, artifact, predicate_type):
    """What sigstore-python leaves to its callers, as its own command does it."""
    from sigstore._utils import sha256_digest
    from sigstore.dsse import Statement

    if payload_type != "application/vnd.in-toto+json":
        raise ValueError(f"payload of type {payload_type}")
    statement = Statement(payload)
    if not statement._matches_digest(sha256_digest(artifact)):
        raise ValueError("no subject is the artifact")
    if predicate_type and statement._inner.predicate_type != predicate_type:
        raise ValueError(f"predicate of type {statement._inner.predicate_type}")
