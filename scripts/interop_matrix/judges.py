"""Three verifiers, asked the same questions."""

import logging
import subprocess
from dataclasses import dataclass
from pathlib import Path

from test_vectors.judge import refusal


@dataclass
class Question:
    """Is this bundle about the artifact, by that identity or under that key?"""

    bundle: object
    artifact: str
    identity: str = None
    issuer: str = None
    key: str = None


def questions(bundle, sandbox):
    """The one to say yes to, and by name those to say no to."""
    def changed(**changes):
        return Question(**{**right, **changes})

    right = {"bundle": bundle, "artifact": "artifact"}
    wrong = {}
    if bundle.key:
        right["key"] = bundle.key
        wrong["another key"] = {"key": "another.pub"}
    else:
        right["identity"], right["issuer"] = sandbox.who(bundle.identity)
        wrong["another identity"] = {"identity": "somebody@example.org"}
        wrong["another issuer"] = {"issuer": "https://accounts.example.org"}
    wrong["another artifact"] = {"artifact": "other"}
    return Question(**right), {name: changed(**change) for name, change in wrong.items()}


def verify(question, program, refusal_codes):
    """What a command line says, by the flags that retry-run's verbs have from cosign's."""
    bundle = question.bundle
    words = ["verify-blob-attestation", "--type", bundle.type] if bundle.type else ["verify-blob"]
    words += ["--bundle", bundle.file, "--trusted-root", "box/trusted_root.json"]
    if question.key:
        words += ["--key", question.key]
    else:
        words += ["--certificate-identity", question.identity,
                  "--certificate-oidc-issuer", question.issuer]
    if not bundle.logged:
        words += ["--insecure-ignore-tlog"]
    return answer([program, *words, question.artifact], refusal_codes)


def answer(command, refusal_codes):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60)
    if done.returncode not in (0, *refusal_codes):
        raise RuntimeError(f"exit code {done.returncode}: {' '.join(command)}\n{done.stdout}")
    return None if done.returncode == 0 else done.stdout.strip()


def judged(judge, rights, wrongs):
    """The judge's cell and what is wrong with it, for questions with names."""
    try:
        for name, question in rights:
            refusal = judge.refusal(question)
            if refusal is not None:
                return "WRONG", f"refused {name}: {refusal}"
        for name, question in wrongs.items():
            if judge.refusal(question) is None:
                return "WRONG", f"accepted for {name}"
    except Exception as error:
        return "WRONG", str(error)
    return f"{len(rights)} × yes, {len(wrongs)} × no", None


class RetryRun:
    name = "retry-run"

    def __init__(self, program):
        self.program = program

    def refusal(self, question):
        """Why the bundle is refused; None when it is accepted. Its two verbs have to agree."""
        cosigns = verify(question, self.program, [1])
        bundle = question.bundle
        words = ["--certificate-identity", question.identity,
                 "--certificate-oidc-issuer", question.issuer] if question.identity else [
                     "--key", question.key]
        words += ["--type", bundle.type] if bundle.type else []
        own = answer([self.program, "verify", question.artifact, "--bundle", bundle.file,
                      "--trusted-root", "box/trusted_root.json", *words], [1])
        # Only cosign's verb can be told to do without a log.
        if (own is None) != (cosigns is None and bundle.logged):
            raise RuntimeError(f"verify: {own or 'yes'}; in cosign's words: {cosigns or 'yes'}")
        return cosigns


class Cosign:
    name = "cosign"

    def __init__(self, program):
        self.program = program

    def refusal(self, question):
        return verify(question, self.program, [1])


class SigstorePython:
    name = "sigstore-python"

    def __init__(self):
        logging.disable()

    def refusal(self, question):
        return refusal(Path(), {
            "trusted_root": "box/trusted_root.json", "bundle": question.bundle.file,
            "artifact": question.artifact, "identity": question.identity,
            "issuer": question.issuer, "predicate_type": question.bundle.type})
