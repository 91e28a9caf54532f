"""Runs and compares signers on the sandbox in ./box: python3 signing.py BINARY COSIGN; COSIGN may be empty."""

import os
import sys

from measuring import compare, measured

binary, cosign = sys.argv[1:]
is_tls = os.path.exists("box/ca.pem")
if is_tls:
    # As OpenSSL and Go read it; sigstore-python has a name of its own.
    os.environ["SSL_CERT_FILE"] = os.path.abspath("box/ca.pem")
token = open("box/email.token").read().strip()


def trust(version):
    return ["--trust-config", f"box/client_trust_config_v{version}.json"]


def ours(version, artifact):
    return [binary, "sign", "--identity-token", "@box/email.token", *trust(version),
            "--overwrite", artifact]


if not cosign:
    print("no cosign here: its rows are missing (set COSIGN)")
for version in (1, 2):
    # All three check what they have made: by this trusted root.
    commands = {"retry-run sign": ours(version, "artifact")}
    if cosign:
        commands["cosign sign-blob"] = [
            cosign, "sign-blob", "--yes", "--identity-token", "box/email.token",
            "--trusted-root", "box/trusted_root.json",
            "--signing-config", f"box/signing_config_v{version}.json",
            "--bundle", "cosign.sigstore.json", "artifact"]
    commands["sigstore-python"] = [
        *(["env", "REQUESTS_CA_BUNDLE=box/ca.pem"] if is_tls else []),
        "venv/bin/sigstore", *trust(version), "sign", "--identity-token", token,
        "--rekor-version", str(version), "--overwrite", "--bundle", "python.sigstore.json",
        "artifact"]
    way = "over TLS" if is_tls else "by http"
    print(f"\nA file of 1 MiB {way}, Rekor v{version}, medians of 15 runs, and retry-run's share of the "
          "other's:")
    compare(commands, 15)

if not is_tls:
    wall, cpu, peak = measured(ours(2, "large"))
    print(f"\nA file of 5 GiB: {wall / 1000:.1f} s, peak {peak:.1f} MiB")
