"""Signed statements in which a member comes twice: readers differ in which of the two they take.

retry-run has to refuse each, whichever it is asked about, and does not sign such a statement. What the
others say is shown: both read JSON by libraries that take one of the two in silence.
"""

import base64
import hashlib
import json
import subprocess
from pathlib import Path

TYPE = "https://example.com/report/v1"
STATEMENT = "https://in-toto.io/Statement/v1"
MEMBERS = ("_type", "predicateType", "subject", "digest")


def statement(member, digest, right_is_last):
    """The bytes of a statement about the digest; of the two values of the member one is of something else."""
    def two(name, right, wrong):
        values = (wrong, right) if right_is_last else (right, wrong)
        return ",".join(f'"{name}":{json.dumps(value)}' for value in (values if name == member else [right]))

    other = "0" * 64
    digests = two("digest", {"sha256": digest}, {"sha256": other})
    subject = f'"subject":[{{"name":"artifact",{digests}}}]'
    if member == "subject":
        subject = two("subject", [{"name": "artifact", "digest": {"sha256": digest}}],
                      [{"name": "other", "digest": {"sha256": other}}])
    kinds = two("_type", STATEMENT, "https://example.com/other/v1")
    types = two("predicateType", TYPE, "https://example.com/other/v1")
    return f"{{{kinds},{subject},{types},\"predicate\":{{}}}}".encode()


def signed(payload, version):
    """A bundle over those bytes, by sigstore-python, which would not take some of them by itself."""
    from sigstore.dsse import Statement
    from sigstore.models import ClientTrustConfig
    from sigstore.oidc import IdentityToken
    from sigstore.sign import SigningContext

    trust = ClientTrustConfig.from_json(Path(f"box/client_trust_config_v{version}.json").read_text())
    token = IdentityToken(Path("box/email.token").read_text().strip())
    unchecked = Statement.__new__(Statement)
    unchecked._contents = payload
    with SigningContext.from_trust_config(trust).signer(token) as signer:
        return signer.sign_dsse(unchecked).to_json()


def asked(command):
    """Whether the program says yes."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60)
    return done.returncode == 0, f"exit code {done.returncode}: {done.stdout.strip()}"


def opinion(answers):
    """What a verifier takes of two values, from what it says where the right one comes first, and last."""
    return {(False, False): "no", (True, False): "takes the first", (False, True): "takes the last",
            (True, True): "yes to both"}[answers]


def judge(retry_run, cosign, sandbox, version=2):
    """Prints a row for each member; what is wrong, in the form of the matrix."""
    from test_vectors.judge import refusal

    digest = hashlib.sha256(Path("artifact").read_bytes()).hexdigest()
    identity, issuer = sandbox.who("email")
    policy = ["--certificate-identity", identity, "--certificate-oidc-issuer", issuer,
              "--trusted-root", "box/trusted_root.json", "--type", TYPE]
    failures = []
    print()
    print(f"{'a statement with two of':<31}{'retry-run':<16}{'cosign':<18}{'sigstore-python':<18}"
          f"{'retry-run attest':<18}cosign attest-blob")
    for member in MEMBERS:
        answers = {"retry-run": [], "cosign": [], "sigstore-python": [], "attest": [], "attest-blob": []}
        for right_is_last in (False, True):
            payload = statement(member, digest, right_is_last)
            Path("twice.json").write_bytes(payload)
            bundle = Path("twice.sigstore.json")
            bundle.write_text(signed(payload, version))
            assert base64.b64decode(
                json.loads(bundle.read_text())["dsseEnvelope"]["payload"]) == payload
            asks = {
                "retry-run": [retry_run, "verify", "artifact", "--bundle", bundle, *policy],
                "cosign": [cosign, "verify-blob-attestation", "--bundle", bundle, *policy, "artifact"],
                "attest": [retry_run, "attest", "artifact", "--statement", "twice.json", "--overwrite",
                           "--trust-config", f"box/client_trust_config_v{version}.json",
                           "--identity-token", "@box/email.token", "--bundle", "attested.json"],
                "attest-blob": [cosign, "attest-blob", "--statement", "twice.json", "--yes",
                                "--trusted-root", "box/trusted_root.json",
                                "--signing-config", f"box/signing_config_v{version}.json",
                                "--identity-token", "box/email.token", "--bundle", "attested.json"],
            }
            for name, command in asks.items():
                is_yes, said = asked([str(word) for word in command])
                answers[name].append(is_yes)
                if is_yes and name in ("retry-run", "attest"):
                    failures.append((f"two of {member}", f"{name}: {said}"))
            answers["sigstore-python"].append(refusal(Path(), {
                "trusted_root": "box/trusted_root.json", "bundle": bundle, "artifact": "artifact",
                "identity": identity, "issuer": issuer, "predicate_type": TYPE}) is None)
        cells = {name: tuple(both) for name, both in answers.items()}
        print(f"{member:<31}{opinion(cells['retry-run']):<16}{opinion(cells['cosign']):<18}"
              f"{opinion(cells['sigstore-python']):<18}"
              f"{'signs' if any(cells['attest']) else 'no':<18}"
              f"{'signs' if any(cells['attest-blob']) else 'no'}", flush=True)
    return failures
