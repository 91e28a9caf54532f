"""Images: signed and attested in many ways, in two registries, judged by retry-run and cosign.

Also run by itself, beside a sandbox: python -m interop_matrix.images RETRY-RUN COSIGN [WORD-OF-A-ROW…]
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .bundles import PROVENANCE, Sandbox, run, write_inputs
from .judges import judged
from .registries import DockerRegistry, Registry

COSIGN_REGISTRY = ["--allow-insecure-registry", "--allow-http-registry"]
#: What cosign ends with when it finds nothing that holds.
COSIGN_REFUSALS = (1, 10, 11, 12, 13)
SIGNERS_AT_ONCE = 16


@dataclass
class Image:
    """An image with a signature of its own, and who should verify it how."""

    what: str
    maker: str
    version: int
    #: The verb with its words; the reference comes behind them.
    command: list
    #: For a keyless one: whose it is.
    identity: str = "email"
    key: str = None
    #: Of an attestation.
    type: str = None
    annotations: dict = field(default_factory=dict)
    by_tag: bool = True
    #: Whether the image is an index whose children have to be signed too.
    recursive: bool = False
    #: In cosign's form before version 3.
    legacy: bool = False
    #: How many entries each image has in the log.
    entries: int = 1


@dataclass
class Question:
    reference: str
    identity: str = None
    issuer: str = None
    key: str = None
    type: str = None
    annotations: dict = field(default_factory=dict)
    legacy: bool = False


def images(version, registry, sandbox, retry_run, cosign):
    trust = ["--trust-config", f"box/client_trust_config_v{version}.json"]
    apart = ["--trusted-root", "box/trusted_root.json",
             "--signing-config", f"box/signing_config_v{version}.json", "--yes"]
    email = ["--identity-token", "@box/email.token"]
    cosigns_email = ["--identity-token", "box/email.token"]
    slsa = ["--predicate", "predicate.json", "--type", "slsaprovenance1"]

    def ours(what, verb, *words, **more):
        return Image(what, f"retry-run {verb}", version, [retry_run, verb, *trust, *words], **more)

    def cosigns(what, verb, *words, **more):
        return Image(what, f"cosign {verb}", version, [cosign, verb, *COSIGN_REGISTRY, *words], **more)

    two = {"build": "7", "note": "a b"}
    noted = [word for name, value in two.items() for word in ("--annotation", f"{name}={value}")]
    yield ours("image, e-mail address", "sign", *email)
    yield ours("image by digest", "sign", *email, by_tag=False)
    yield ours("image, key", "sign", "--key", "ours.key", key="ours.pub")
    yield ours("image, cosign's key", "sign", "--key", "cosigns.key", key="cosigns.pub")
    yield ours("image, annotations", "sign", *email, *noted, annotations=two)
    yield ours("index and children", "sign", *email, "--recursive", recursive=True)
    yield ours("provenance, e-mail address", "attest", *email, *slsa, type=PROVENANCE)
    yield ours("provenance, key", "attest", "--key", "ours.key", *slsa, key="ours.pub",
               type=PROVENANCE)
    yield cosigns("image, e-mail address", "sign", *apart, *cosigns_email)
    yield cosigns("image by digest", "sign", *apart, *cosigns_email, by_tag=False)
    yield cosigns("image, our key", "sign", *apart, "--key", "ours.key", key="ours.pub")
    yield cosigns("image, annotations", "sign", *apart, *cosigns_email, "-a", "build=7", "-a",
                  "note=a b", annotations=two)
    yield cosigns("index and children", "sign", *apart, *cosigns_email, "--recursive",
                  recursive=True)
    yield cosigns("provenance, e-mail address", "attest", *apart, *cosigns_email, *slsa,
                  type=PROVENANCE)
    yield cosigns("provenance, key", "attest", *apart, "--key", "cosigns.key", *slsa,
                  key="cosigns.pub", type=PROVENANCE)
    if version == 2:
        return
    # Only Rekor v1 has what the form before version 3 holds.
    old = ["--new-bundle-format=false", "--use-signing-config=false", "--yes",
           "--fulcio-url", sandbox.ready["fulcio"], "--rekor-url", sandbox.ready["rekor-v1"],
           "--timestamp-server-url", sandbox.ready["tsa"] + "/api/v1/timestamp"]
    yield ours("image, old form", "sign", *email, "--legacy", legacy=True, entries=2)
    yield ours("provenance, old form", "attest", *email, *slsa, "--legacy", type=PROVENANCE,
               legacy=True)
    yield cosigns("image, old form", "sign", *old, *cosigns_email, legacy=True)
    yield cosigns("image, old form, key", "sign", *old, "--key", "cosigns.key", key="cosigns.pub",
                  legacy=True)
    yield cosigns("provenance, old form", "attest", *old, *cosigns_email, *slsa, type=PROVENANCE,
                  legacy=True)


def questions(image, sandbox, references, other):
    """Those to say yes to, and by name those to say no to."""
    common = {"type": image.type, "annotations": image.annotations, "legacy": image.legacy}
    if image.key:
        common["key"] = image.key
        changes = {"another key": {"key": "another.pub"}}
    else:
        common["identity"], common["issuer"] = sandbox.who(image.identity)
        changes = {"another identity": {"identity": "somebody@example.org"},
                   "another issuer": {"issuer": "https://accounts.example.org"}}
    changes["another image"] = {"reference": other}
    changes["another type"] = {"type": "https://example.com/other/v1", "annotations": {}}
    if not image.type:
        changes["another annotation"] = {"annotations": {**image.annotations, "build": "8"}}
        changes["an annotation more"] = {"annotations": {**image.annotations, "more": "1"}}
    rights = [Question(reference, **common) for reference in references]
    base = {"reference": references[0], **common}
    return rights, {name: Question(**{**base, **change}) for name, change in changes.items()}


def policy(question):
    if question.key:
        return ["--key", question.key]
    return ["--certificate-identity", question.identity, "--certificate-oidc-issuer", question.issuer]


class RetryRun:
    name = "retry-run"

    def __init__(self, program):
        self.program = program

    def refusal(self, question):
        """Why it says no; None when it says yes."""
        words = [self.program, "verify", f"oci://{question.reference}",
                 "--trusted-root", "box/trusted_root.json", *policy(question)]
        words += ["--type", question.type] if question.type else []
        for name, value in question.annotations.items():
            words += ["--annotation", f"{name}={value}"]
        return answer(words, (1,))


class Cosign:
    name = "cosign"

    def __init__(self, program):
        self.program = program

    def refusal(self, question):
        verb = "verify-attestation" if question.type else "verify"
        words = [self.program, verb, *COSIGN_REGISTRY, "--trusted-root", "box/trusted_root.json",
                 *policy(question)]
        words += ["--type", question.type] if question.type else []
        words += ["--new-bundle-format=false"] if question.legacy else []
        for name, value in question.annotations.items():
            words += ["-a", f"{name}={value}"]
        return answer([*words, question.reference], COSIGN_REFUSALS)


def answer(command, refusals):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60)
    if done.returncode not in (0, *refusals):
        raise RuntimeError(f"exit code {done.returncode}: {' '.join(command)}\n{done.stdout}")
    return None if done.returncode == 0 else done.stdout.strip()


def make(image, number, registry, sandbox):
    """Pushes images and signs one. Returns the references that hold, and one that does not."""
    repository = f"interop/v{image.version}-{number}"
    place = f"{registry.host}/{repository}"
    children = [registry.push_image(repository, f"child{i}", f"{repository} {i}".encode())
                for i in range(2)]
    target = registry.push_index(repository, "v1", children) if image.recursive else children[0]
    if not image.recursive:
        registry.push_image(repository, "v1", f"{repository} 0".encode())
    registry.push_image(repository, "other", f"{repository} other".encode())
    by_tag, by_digest = f"{place}:v1", f"{place}@{target['digest']}"
    signed = by_tag if image.by_tag else by_digest
    if image.maker.startswith("retry-run"):
        signed = f"oci://{signed}"
    before = sandbox.entries(image.version)
    run([*image.command, signed])
    made = sandbox.entries(image.version) - before
    digests = [target["digest"]] + ([child["digest"] for child in children] if image.recursive else [])
    expected = image.entries * len(digests)
    if made != expected:
        raise RuntimeError(f"{made} entries in the log, expected {expected}")
    return [by_tag, *(f"{place}@{digest}" for digest in digests)], f"{place}:other"


def at_once(registry, sandbox, retry_run, cosign):
    """Sixteen signers at once on one image: all signatures have to be there, and to hold."""
    place = "interop/at-once"
    image = registry.push_image(place, "v1", b"many")
    reference = f"{registry.host}/{place}@{image['digest']}"
    command = [retry_run, "sign", "--trust-config", "box/client_trust_config_v2.json",
               "--identity-token", "@box/email.token", f"oci://{reference}"]
    before = sandbox.entries(2)
    with ThreadPoolExecutor(SIGNERS_AT_ONCE) as pool:
        for _ in pool.map(run, [command] * SIGNERS_AT_ONCE):
            pass
    listed = len(set(registry.signatures(place, image["digest"])))
    entries = sandbox.entries(2) - before
    identity, issuer = sandbox.who("email")
    done = subprocess.run(
        [cosign, "verify", *COSIGN_REGISTRY, "--trusted-root", "box/trusted_root.json",
         "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, reference],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    held = len(json.loads(done.stdout)) if done.returncode == 0 else 0
    counts = {"listed": listed, "in the log": entries, "held by cosign": held}
    flaw = ", ".join(f"{n} {name}" for name, n in counts.items() if n != SIGNERS_AT_ONCE)
    return f"{SIGNERS_AT_ONCE} signatures" if not flaw else "WRONG", flaw


def judge(retry_run, cosign, sandbox, only=()):
    """Prints a row for each image; what is wrong, in the form of the matrix."""
    failures = []
    address = sandbox.ready["registry"].removeprefix("http://")
    docker = DockerRegistry(".")
    registries = [
        docker, Registry("sandbox", address, "sandbox", sandbox.ready["registry-sandbox-password"])]
    judges = [RetryRun(retry_run), Cosign(cosign)]
    print()
    print(f"{'what':<31}{'made by':<24}{'Rekor':<7}{'registry':<17}"
          + "".join(f"{judge.name:<20}" for judge in judges))
    # The accounts at the sandbox's registry.
    os.environ["DOCKER_CONFIG"] = os.path.abspath("box/docker")
    try:
        for registry in registries:
            for version in (1, 2):
                rows = images(version, registry, sandbox, retry_run, cosign)
                for number, image in enumerate(rows):
                    row = f"{image.what:<31}{image.maker:<24}v{image.version:<6}{registry.name:<17}"
                    if not all(word in row for word in only):
                        continue
                    try:
                        references, other = make(image, number, registry, sandbox)
                    except Exception as error:
                        print(row + "WRONG", flush=True)
                        failures.append((row, str(error)))
                        continue
                    rights, wrongs = questions(image, sandbox, references, other)
                    for judge in judges:
                        cell, reason = judged(
                            judge, [(right.reference, right) for right in rights], wrongs)
                        row += f"{cell:<20}"
                        if reason:
                            failures.append((row, f"{judge.name}: {reason}"))
                    print(row.rstrip(), flush=True)
            row = f"{'sixteen signers at once':<31}{'retry-run sign':<24}{'v2':<7}{registry.name:<17}"
            if all(word in row for word in only):
                try:
                    cell, flaw = at_once(registry, sandbox, retry_run, cosign)
                except Exception as error:
                    cell, flaw = "WRONG", str(error)
                print(row + cell, flush=True)
                if flaw:
                    failures.append((row, flaw))
    finally:
        docker.stop()
        del os.environ["DOCKER_CONFIG"]
    return failures


if __name__ == "__main__":
    programs = sys.argv[1:3]
    write_inputs(*programs)
    for where, reason in judge(*programs, Sandbox("box"), sys.argv[3:]):
        print(f"WRONG: {' '.join(where.split())}\n    {reason}")
