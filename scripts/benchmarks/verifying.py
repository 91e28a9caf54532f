"""Runs and compares verifiers: python3 verifying.py BINARY COSIGN WORK VECTORS; COSIGN may be empty."""

import sys

from measuring import compare, measured

binary, cosign, work, vectors = sys.argv[1:]
bundle = f"{vectors}/accepted/v0.3-blob-rekor-v1.sigstore.json"
trust = ["--trusted-root", f"{vectors}/trusted-root.json"]
who = ["--certificate-identity", "release@example.com",
       "--certificate-oidc-issuer", "https://accounts.example.com"]
artifact = f"{vectors}/artifact.txt"
commands = {"retry-run verify": [binary, "verify", artifact, "--bundle", bundle, *trust, *who]}
if cosign:
    commands["cosign verify-blob"] = [cosign, "verify-blob", "--bundle", bundle, *trust, *who, artifact]
else:
    print("no cosign here: its row is missing (set COSIGN)")
python = f"{work}/venv/bin/python"
# sigstore-python has --trust-config only: a trusted root with a signing config.
commands["sigstore-python"] = [python, "-c", """
import pathlib, sys
from sigstore.models import Bundle, TrustedRoot
from sigstore.verify import Verifier, policy
trusted_root, bundle, artifact, identity, issuer = sys.argv[1:]
Verifier(trusted_root=TrustedRoot.from_file(trusted_root)).verify_artifact(
    pathlib.Path(artifact).read_bytes(),
    Bundle.from_json(pathlib.Path(bundle).read_bytes()),
    policy.Identity(identity=identity, issuer=issuer))
""", trust[1], bundle, artifact, who[1], who[3]]

print("A small file, medians of 20 runs, and retry-run's share of the other's:")
compare(commands, 20)
wall, cpu, peak = measured([binary, "verify", f"{work}/large", "--bundle", bundle, *trust, *who], 1)
print(f"\nA file of 5 GiB: {wall / 1000:.1f} s, peak {peak:.1f} MiB")
