"""The same files and words to retry-run and cosign: forms and patterns that both promise to read.

sigstore-python has neither keys, patterns nor other forms, and refuses a root in a chain; cosign reads
its own older bundles with a trusted root only from variables.
"""

import subprocess
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[2] / "Tests" / "TestVectors"
TRUST = ["--trusted-root", "trusted-root.json"]
WHO = ["--certificate-identity", "release@example.com"]
ISSUER = ["--certificate-oidc-issuer", "https://accounts.example.com"]
KEY = ["--key", "release-key.pem", "--insecure-ignore-tlog"]


def rows():
    """What is asked, the words after the verb, and whether the answer is yes."""
    def bundle(name, *words):
        return ["--bundle", f"accepted/{name}.sigstore.json", *TRUST, *words]

    chain, absent = "v0.1-chain-with-root", "issuer-absent"
    yield "root in a chain", bundle(chain, *WHO, *ISSUER), True
    for pattern, is_found in [(".*", True), ("^$", True), (".", False), ("^https", False)]:
        words = bundle(absent, *WHO, "--certificate-oidc-issuer-regexp", pattern)
        yield f"absent issuer, pattern {pattern}", words, is_found
    for pattern, is_found in [("^release@", True), ("example", True), ("(?i)RELEASE", True),
                              ("^elease", False), (r"^\w+@example\.com$", True)]:
        words = bundle(chain, "--certificate-identity-regexp", pattern, *ISSUER)
        yield f"identity, pattern {pattern}", words, is_found
    for signature, is_valid in [("formats/key.sig", True), ("formats/artifact.txt.sig", False)]:
        words = [*KEY, "--new-bundle-format=false", "--signature", signature]
        yield f"key and {signature}", words, is_valid


def judge(retry_run, cosign):
    """Prints a row for each question; what is wrong, in the form of the matrix."""
    failures = []
    for what, words, expected in rows():
        cells = []
        for name, program in [("retry-run", retry_run), ("cosign", cosign)]:
            done = subprocess.run(
                [program, "verify-blob", *words, "artifact.txt"], cwd=VECTORS, timeout=60,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            is_right = done.returncode == (0 if expected else 1)
            cells.append(("yes" if expected else "no") if is_right else "WRONG")
            if not is_right:
                failures.append((what, f"{name}: exit code {done.returncode}: {done.stdout}"))
        print(f"{what:<62}{cells[0]:<16}{cells[1]}", flush=True)
    return failures
