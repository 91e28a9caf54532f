"""What people have besides bundles: other forms, several bundles in a file, signatures alone."""

import json
from dataclasses import astuple, dataclass

from .encoding import b64, pem, unb64
from .instance import FULCIO_CA, FULCIO_ROOT, LEAF_KEY, leaf, trusted_root
from .keys_and_trust import RELEASE_KEY
from .making import OTHER_ARTIFACT, drop, make, put, statement
from .vectors import write_file

COLUMNS = ["file", "trusted_root", "key", "no_log", "verdict", "step", "class", "place", "check"]
ROWS = []


@dataclass
class Row:
    file: str
    trusted_root: str
    key: str
    no_log: str
    verdict: str
    step: str
    failure_class: str
    place: str
    check: str


def _file(name, content, check, verdict="accepted", *, step="", failure="", place="", key="",
          no_log=False, root="trusted-root.json"):
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content) + "\n"
    write_file(f"formats/{name}", content)
    ROWS.append(Row(f"formats/{name}", root, key, "yes" if no_log else "", verdict, str(step),
                    failure, place, check))


def accept(name, content, check, **choices):
    _file(name, content, check, **choices)


def reject(name, content, check, step=1, failure="bundle-invalid", **choices):
    _file(name, content, check, "rejected", step=step, failure=failure, **choices)


def add():
    cosign()
    pypi()
    registries()
    lines()
    envelopes()
    detached()
    roots()
    others()


def _rekor_bundle(entry):
    """What cosign kept of an entry: the promise, and what it is over."""
    return {
        "SignedEntryTimestamp": entry["inclusionPromise"]["signedEntryTimestamp"],
        "Payload": {
            "body": entry["canonicalizedBody"], "integratedTime": int(entry["integratedTime"]),
            "logIndex": int(entry["logIndex"]),
            "logID": unb64(entry["logId"]["keyId"]).hex()}}


def _cosign(bundle, verifier, signature=None):
    entry = bundle["verificationMaterial"]["tlogEntries"][0]
    return {
        "base64Signature": signature or bundle["messageSignature"]["signature"],
        "cert": b64(verifier.encode()), "rekorBundle": _rekor_bundle(entry)}


CERTIFICATE = pem("CERTIFICATE", leaf().certificate)


def cosign():
    old = _cosign(make(log="v1", tokens=[]), CERTIFICATE)
    accept("cosign.bundle", old, "cosign's bundle before version 3 has all that it takes offline")
    accept("cosign-plain-certificate.bundle", old | {"cert": CERTIFICATE},
           "the certificate may be PEM without another base64")
    attestation = make(log="v1", tokens=[], payload=statement())
    envelope = json.dumps(attestation["dsseEnvelope"])
    accept("cosign-attestation.bundle", _cosign(attestation, CERTIFICATE, b64(envelope.encode())),
           "the signature of an attestation is its envelope")
    keyed = make(log="v1", tokens=[], managed=True, key=RELEASE_KEY)
    accept("cosign-key.bundle", _cosign(keyed, RELEASE_KEY.pem), "a public key instead",
           key="release-key.pem")
    promise = old["rekorBundle"]["SignedEntryTimestamp"]
    reject("cosign-promise-wrong.bundle",
           old | {"rekorBundle": old["rekorBundle"] | {
               "SignedEntryTimestamp": promise[:-8] + "AAAAAAA="}},
           "the log has not signed the promise", 2, "no-verified-time")
    other = _cosign(make(log="v1", tokens=[], artifact=OTHER_ARTIFACT), CERTIFICATE)
    reject("cosign-entry-of-other.bundle", old | {"rekorBundle": other["rekorBundle"]},
           "the entry is of another signature", 8, "tlog-mismatch")
    reject("cosign-artifact-other.bundle", other, "it is of another artifact", 7, "signature")
    reject("cosign-entry-alone.bundle", old["rekorBundle"], "an entry without its signature")


def _pypi(bundle):
    material = bundle["verificationMaterial"]
    envelope = bundle["dsseEnvelope"]
    return {
        "version": 1,
        "verification_material": {
            "certificate": material["certificate"]["rawBytes"],
            "transparency_entries": material["tlogEntries"]},
        "envelope": {"statement": envelope["payload"],
                     "signature": envelope["signatures"][0]["sig"]}}


def _attested(**choices):
    return make(**{"log": "v1", "tokens": [], "payload": statement()} | choices)


OTHERS = statement(artifact=OTHER_ARTIFACT)


def pypi():
    good, other = _pypi(_attested()), _pypi(_attested(payload=OTHERS))
    accept("artifact.txt.publish.attestation", good, "an attestation of PyPI (PEP 740)")
    accept("pypi-provenance.json",
           {"version": 1, "attestation_bundles": [
               {"publisher": {"kind": "GitHub"}, "attestations": [other]},
               {"publisher": {"kind": "GitLab"}, "attestations": [other, good]}]},
           "provenance of PyPI: one that fits is a yes",
           place="attestation_bundles[1].attestations[1]")
    reject("pypi-version-2.attestation", good | {"version": 2}, "version 2 is not known")
    reject("pypi-of-other.attestation", other, "it is about another artifact", 7,
           "artifact-mismatch")
    without = _pypi(put("material.tlogEntries", [])(_attested()))
    reject("pypi-without-entry.attestation", without, "it has no log entry", 2, "no-verified-time")


def registries():
    good, other = _attested(), _attested(payload=OTHERS)
    keyed = _attested(managed=True, key=RELEASE_KEY)
    accept("npm-answer.json",
           {"attestations": [
               {"predicateType": "https://github.com/npm/attestation/tree/main/specs/publish/v0.1",
                "bundle": keyed},
               {"predicateType": "https://slsa.dev/provenance/v1", "bundle": good}]},
           "npm's answer has one under npm's key and one under a certificate",
           place="attestations[1].bundle")
    accept("github-answer.json",
           {"attestations": [{"bundle": other, "repository_id": 1, "bundle_url": "https://example"},
                             {"bundle": good, "repository_id": 1}]},
           "GitHub's answer", place="attestations[1].bundle")
    accept("gh-verification.json", [{"attestation": {"bundle": good}, "verificationResult": {}}],
           "what gh attestation verify prints", place="[0].attestation.bundle")
    reject("github-answer-without-bundle.json",
           {"attestations": [{"bundle": None, "bundle_url": "https://example"}]},
           "GitHub's answer has only an address")
    reject("github-answer-empty.json", {"attestations": []}, "there is no attestation")
    reject("github-answer-of-other.json", {"attestations": [{"bundle": other}]},
           "it is about another artifact", 7, "artifact-mismatch", place="attestations[0].bundle")
    reject("github-answer-not-found.json",
           {"message": "Not Found", "documentation_url": "https://docs.example"},
           "the answer to a question for something else")


def lines():
    good, other = make(), make(artifact=OTHER_ARTIFACT)
    text = [json.dumps(each) for each in (other, good)]
    accept("two.jsonl", "\n".join(text) + "\n", "the second of two fits", place="line 2")
    accept("blank-lines.jsonl", "\r\n" + "\r\n\r\n".join(text) + "\r\n",
           "blank lines count, and are no bundles", place="line 4")
    accept("broken-line.jsonl", text[0][:-9] + "\n{}\n" + text[1],
           "a line that is no bundle does not spoil the others", place="line 3")
    accept("registry-line.jsonl", text[0] + "\n" + json.dumps({"attestations": [{"bundle": good}]}),
           "a line may be an answer of a registry", place="line 2, attestations[0].bundle")
    reject("none-fits.jsonl", text[0] + "\n{}\n", "what came furthest is told", 7,
           "artifact-mismatch", place="line 1")
    reject("many.jsonl", "{}\n" * 1001, "more than 1000 are not read")


def envelopes():
    certified, keyed = _attested(), _attested(managed=True, key=RELEASE_KEY)
    envelope = certified["dsseEnvelope"]
    signature = envelope["signatures"][0]
    accept("key.intoto.jsonl", keyed["dsseEnvelope"],
           "an envelope is verified under a key", key="release-key.pem", no_log=True)
    reject("other-key.intoto.jsonl", keyed["dsseEnvelope"], "another key made the envelope", 7,
           "signature", key="other-key.pem", no_log=True)
    inside = envelope | {"signatures": [signature | {"keyid": "", "cert": CERTIFICATE}]}
    reject("certificate.intoto.jsonl", inside,
           "nothing in an envelope shows when it was signed: its log entry has to be looked up", 2,
           "no-verified-time")
    reject("certificate-malformed.intoto.jsonl",
           envelope | {"signatures": [signature | {"cert": "none"}]}, "the certificate is none")


def detached():
    """Files for --signature, --certificate and --certificate-chain."""
    bundle = make(log="v1", tokens=[])
    signature = bundle["messageSignature"]["signature"]
    write_file("formats/artifact.txt.sig", signature + "\n")
    write_file("formats/artifact.txt.raw-sig", unb64(signature))
    write_file("formats/artifact.txt.pem", CERTIFICATE)
    write_file("formats/artifact.txt.pem.base64", b64(CERTIFICATE.encode()))
    write_file("formats/chain.pem", "".join(
        pem("CERTIFICATE", each.certificate) for each in (FULCIO_CA, FULCIO_ROOT)))
    keyed = make(log="v1", tokens=[], managed=True, key=RELEASE_KEY)
    write_file("formats/key.sig", keyed["messageSignature"]["signature"])
    write_file("formats/logged.sigstore.json", json.dumps(bundle))
    write_file("release-key.pem", RELEASE_KEY.pem)


def roots():
    """An instance without logs, as GitHub's own is, and several instances in a file."""
    without = drop("tlogs")(drop("ctlogs")(trusted_root()))
    nobody = put("certificateAuthorities", [])(put("timestampAuthorities", [])(trusted_root()))
    bundle = put("material.tlogEntries", [])(make(
        certificate=leaf(scts=None, issuer=None, old_issuer=None)))
    write_file("formats/without-log.sigstore.json", json.dumps(bundle))
    write_file("formats/trusted-root-without-logs.json", json.dumps(without))
    write_file("formats/trusted-roots.jsonl", json.dumps(nobody) + "\n" + json.dumps(without) + "\n")


def others():
    for name, content, check in [
        ("sbom.spdx.json", {"spdxVersion": "SPDX-2.3"}, "an SBOM in SPDX"),
        ("sbom.cdx.json", {"bomFormat": "CycloneDX"}, "an SBOM in CycloneDX"),
        ("statement.json", json.loads(statement()), "a statement that nobody has signed"),
        ("key.pem", LEAF_KEY.pem, "a public key"),
        ("page.html", "<!DOCTYPE html>\n<html></html>\n", "an HTML page"),
        ("pointer.sigstore.json",
         "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
         "a Git LFS pointer"),
        ("data.gz", bytes.fromhex("1f8b0800000000000003030000000000"), "gzip data"),
        ("empty", b"", "an empty file"),
        ("utf-16.json", "{}".encode("utf-16"), "text in UTF-16"),
        ("checksums.txt", "0" * 64 + "  artifact.txt\n", "a list of checksums"),
        ("signature.asc", "-----BEGIN PGP SIGNATURE-----\n", "an OpenPGP signature"),
    ]:
        reject(name, content, check)


def table():
    rows = sorted(ROWS, key=lambda row: row.file)
    return "\n".join(["\t".join(COLUMNS), *("\t".join(astuple(row)) for row in rows)]) + "\n"
