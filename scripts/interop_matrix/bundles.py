"""The bundles to be judged: what is in each, and the command that makes it."""

import base64
import json
import os
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

CUSTOM = "https://cosign.sigstore.dev/attestation/v1"
PROVENANCE = "https://slsa.dev/provenance/v1"
REPORT = "https://example.com/test-report/v1"

PREDICATE = {
    "buildDefinition": {
        "buildType": "https://example.com/build/v1", "externalParameters": {"ref": "v1.2.3"},
        "resolvedDependencies": []},
    "runDetails": {
        "builder": {"id": "https://example.com/builder"}, "metadata": {"invocationId": "42"}},
}


@dataclass
class Bundle:
    what: str
    maker: str
    version: int
    command: list
    # Of an attestation: the type of its predicate.
    type: str = None
    # The name of an identity of the sandbox, or the public key.
    identity: str = "email"
    key: str = None
    # Whether there is a log entry and a timestamp.
    logged: bool = True
    # The file that is the payload, byte for byte.
    payload: str = None
    variables: dict = None
    # Why a judge has no opinion: a limit that it documents.
    no_opinion: dict = None

    @property
    def file(self):
        words = f"{self.what} {self.maker} {self.version}"
        return "".join(c if c.isalnum() else "-" for c in words) + ".sigstore.json"


class Sandbox:
    def __init__(self, folder):
        self.ready = json.loads(Path(folder, "ready").read_text())

    def who(self, name):
        return self.ready[f"{name}-identity"], self.ready[f"{name}-issuer"]

    def entries(self, version):
        with urllib.request.urlopen(self.ready["tsa"] + "/sandbox/calls") as answer:
            return json.load(answer)["entries"][f"rekor-v{version}"]


def write_inputs(retry_run, cosign):
    """The artifacts, a predicate, a statement, and a key pair by each who makes them."""
    # Not a whole number of blocks of any hash.
    Path("artifact").write_bytes(bytes(range(256)) * 400 + b"end")
    Path("other").write_bytes(b"something else")
    Path("predicate.json").write_text(json.dumps(PREDICATE))
    # White space and an order of members that no writer of JSON would choose.
    digest = subprocess.run(["sha256sum", "artifact"], capture_output=True, text=True, check=True)
    Path("statement.json").write_text(
        '{"predicate":{"passed" : 12 },\n "predicateType": "%s", "subject": [ {"digest":\t{"sha256":'
        '"%s"}, "name":"artifact"}],  "_type":"https://in-toto.io/Statement/v1"}\n'
        % (REPORT, digest.stdout.split()[0]))
    for name in ("ours", "another"):
        run([retry_run, "generate-key-pair", "--output-key-prefix", name])
    run([cosign, "generate-key-pair", "--output-key-prefix", "cosigns"])


def bundles(version, sandbox, retry_run, cosign, python):
    """All bundles with that version of Rekor."""
    trust = ["--trust-config", f"box/client_trust_config_v{version}.json"]
    apart = ["--trusted-root", "box/trusted_root.json",
             "--signing-config", f"box/signing_config_v{version}.json", "--yes"]
    email = ["--identity-token", "@box/email.token"]
    file = ["--identity-token", "box/email.token"]
    inline = ["--identity-token", Path("box/email.token").read_text().strip()]
    slsa = ["--predicate", "predicate.json", "--type", "slsaprovenance1"]
    actions = {name: sandbox.ready[name] for name in (
        "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")}
    no_keys = {"sigstore-python": "verifies no bundles under keys"}
    old_statement = {"sigstore-python": "reads no in-toto statements of version 0.1"}

    def ours(what, verb, *words, **more):
        return Bundle(what, f"retry-run {verb}", version, [retry_run, verb, *words], **more)

    def cosigns(what, verb, *words, **more):
        return Bundle(what, f"cosign {verb}", version, [cosign, verb, *words], **more)

    def pythons(what, verb, *words, **more):
        command = [python, *trust, verb, *inline, "--rekor-version", str(version), *words]
        return Bundle(what, f"sigstore-python {verb}", version, command, **more)

    yield ours("file, e-mail address", "sign", *trust, *email, "artifact")
    yield ours("file, GitHub workflow", "sign", *trust, "artifact", identity="github",
               variables=actions)
    yield ours("file, e-mail address", "sign-blob", *apart, *file, "artifact")
    yield ours("provenance, e-mail address", "attest", *trust, *email, *slsa, "artifact",
               type=PROVENANCE)
    yield ours("custom attestation, GitHub", "attest-blob", *apart, "--predicate",
               "predicate.json", "artifact", type=CUSTOM, identity="github", variables=actions)
    yield ours("statement as it is", "attest", *trust, *email, "--statement", "statement.json",
               "artifact", type=REPORT, payload="statement.json")
    yield ours("file, key", "sign", *trust, "--key", "ours.key", "artifact", key="ours.pub",
               no_opinion=no_keys)
    yield ours("file, key, no log and no time", "sign", *trust, "--key", "ours.key", "--no-log",
               "--no-timestamp", "artifact", key="ours.pub", logged=False, no_opinion=no_keys)
    yield ours("provenance, key", "attest-blob", *apart, "--key", "ours.key", *slsa, "artifact",
               type=PROVENANCE, key="ours.pub", no_opinion=no_keys)
    yield ours("file, key made by cosign", "sign", *trust, "--key", "cosigns.key", "artifact",
               key="cosigns.pub", no_opinion=no_keys)
    yield cosigns("file, key made by retry-run", "sign-blob", *apart, "--key", "ours.key",
                  "artifact", key="ours.pub", no_opinion=no_keys)
    yield cosigns("file, e-mail address", "sign-blob", *apart, *file, "artifact")
    yield cosigns("provenance, e-mail address", "attest-blob", *apart, *file, *slsa, "artifact",
                  type=PROVENANCE, no_opinion=old_statement)
    yield pythons("file, e-mail address", "sign", "artifact")
    yield pythons("provenance, e-mail address", "attest", "--predicate", "predicate.json",
                  "--predicate-type", PROVENANCE, "artifact", type=PROVENANCE)


def make(bundle, sandbox):
    """Makes the bundle. Returns what is wrong with its form; None when nothing is."""
    before = sandbox.entries(bundle.version)
    artifact = bundle.command.pop()
    run([*bundle.command, "--bundle", bundle.file, artifact], bundle.variables)
    made = sandbox.entries(bundle.version) - before
    content = json.loads(Path(bundle.file).read_bytes())
    material = content["verificationMaterial"]
    versions = [entry["kindVersion"]["version"] for entry in material.get("tlogEntries", [])]
    timestamps = (material.get("timestampVerificationData") or {}).get("rfc3161Timestamps", [])
    expected = [f"0.0.{bundle.version}"] if bundle.logged else []
    if versions != expected or made != len(expected):
        return f"{made} entries made, in the bundle {versions}, expected {expected}"
    if len(timestamps) != len(expected):
        return f"{len(timestamps)} timestamps, expected {len(expected)}"
    if bundle.payload:
        payload = base64.b64decode(content["dsseEnvelope"]["payload"])
        if payload != Path(bundle.payload).read_bytes():
            return f"the payload is not {bundle.payload}, byte for byte"
    return None


def run(command, variables=None):
    done = subprocess.run(
        command, env=dict(os.environ, **(variables or {})), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    if done.returncode != 0:
        shown = " ".join(word for word in command if len(word) < 200)
        raise RuntimeError(f"exit code {done.returncode}: {shown}\n{done.stdout}")
