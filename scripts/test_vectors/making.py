"""Makes one bundle, every step of which can be done differently."""

import copy
import json

from .certificates import Entity
from .encoding import b64, digest, pem
from .instance import LEAF_KEY, REKOR1, REKOR2, leaf, stamped
from .keys import Key

ARTIFACT = b"What was built, as it was shipped.\n"
OTHER_ARTIFACT = b"What somebody else built.\n"
IN_TOTO = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
MEDIA_TYPES = {
    "0.1": "application/vnd.dev.sigstore.bundle+json;version=0.1",
    "0.2": "application/vnd.dev.sigstore.bundle+json;version=0.2",
    "0.3-old": "application/vnd.dev.sigstore.bundle+json;version=0.3",
    "0.3": "application/vnd.dev.sigstore.bundle.v0.3+json"}


def statement(*, artifact=ARTIFACT, **changes):
    """An in-toto statement about the artifact; a change to None removes the member."""
    subject = [{"name": "artifact.txt", "digest": {"sha256": digest(artifact).hex()}}]
    value = {"_type": STATEMENT, "subject": subject, "predicateType": PREDICATE, "predicate": {}}
    value |= changes
    return json.dumps({name: each for name, each in value.items() if each is not None}).encode()


def pae(payload_type, payload):
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def hash_name(algorithm):
    return algorithm.replace("sha", "SHA2_")


class Signed:
    """What was signed, how and by whom: all that an entry may say about it."""

    def __init__(self, message, signature, key, algorithm, certificate, payload):
        self.message, self.signature, self.key, self.algorithm = message, signature, key, algorithm
        self.certificate, self.payload = certificate, payload

    @property
    def verifier_pem(self):
        text = pem("CERTIFICATE", self.certificate) if self.certificate else self.key.pem
        return b64(text.encode())

    def hashedrekord_v1(self):
        return {"apiVersion": "0.0.1", "kind": "hashedrekord", "spec": {
            "data": {"hash": {"algorithm": self.algorithm,
                              "value": digest(self.message, self.algorithm).hex()}},
            "signature": {"content": b64(self.signature),
                          "publicKey": {"content": self.verifier_pem}}}}

    def dsse_v1(self):
        signature = {"signature": b64(self.signature), "verifier": self.verifier_pem}
        return {"apiVersion": "0.0.1", "kind": "dsse", "spec": {
            "envelopeHash": {"algorithm": "sha256",
                             "value": digest(b"envelope" + self.payload).hex()},
            "payloadHash": {"algorithm": "sha256", "value": digest(self.payload).hex()},
            "signatures": [signature]}}

    def intoto_v1(self):
        signature = {"publicKey": self.verifier_pem, "sig": b64(b64(self.signature).encode())}
        return {"apiVersion": "0.0.2", "kind": "intoto", "spec": {"content": {
            "envelope": {"payloadType": IN_TOTO, "signatures": [signature]},
            "hash": {"algorithm": "sha256", "value": digest(b"envelope" + self.payload).hex()},
            "payloadHash": {"algorithm": "sha256", "value": digest(self.payload).hex()}}}}

    def hashedrekord_v2(self):
        verifier = {"keyDetails": self.key.details}
        if self.certificate:
            verifier["x509Certificate"] = {"rawBytes": b64(self.certificate)}
        else:
            verifier["publicKey"] = {"rawBytes": b64(self.key.spki)}
        data = {"algorithm": hash_name(self.algorithm), "digest": b64(digest(self.message,
                                                                             self.algorithm))}
        return {"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": {"hashedRekordV002": {
            "data": data, "signature": {"content": b64(self.signature), "verifier": verifier}}}}


def make(*, payload=None, payload_type=IN_TOTO, log="v2", version="0.3", key: Key = LEAF_KEY,
         managed=False, certificate: Entity | None = None, chain=(), artifact=ARTIFACT,
         algorithm=None, signer=None, message=None, change=lambda signature: signature, tokens=None,
         kind=None, body=None, entry={}, rekor=None):
    """A bundle over `artifact`, or over the statement `payload`, as a JSON object.

    `managed` leaves out certificates; `signer`, `message` and `change` spoil the signature before
    anything else sees it; `kind` names the method of `Signed` that makes the entry's body, `body`
    changes it before it is logged; `entry` goes to the log; `tokens` replaces the timestamp.
    """
    certificate = None if managed else certificate or leaf(key)
    algorithm = algorithm or key.hash or "sha256"
    content = artifact if payload is None else pae(payload_type, payload)
    signature = change((signer or key).sign(content if message is None else message, algorithm))
    der = certificate.certificate if certificate else None
    signed = Signed(content, signature, key, algorithm, der, payload)
    kind = kind or ("dsse_v1" if payload is not None and log == "v1" else f"hashedrekord_{log}")
    logged = getattr(signed, kind)()
    logged = body(copy.deepcopy(logged)) if body else logged
    rekor = rekor or {"v1": REKOR1, "v2": REKOR2}[log]
    material = {"tlogEntries": [rekor.entry(logged, **entry)]}
    if managed:
        material["publicKey"] = {"hint": b64(digest(key.spki))}
    elif version in ("0.1", "0.2"):
        listed = [der, *(each.certificate for each in chain)]
        material["x509CertificateChain"] = {"certificates": [{"rawBytes": b64(each)}
                                                             for each in listed]}
    else:
        material["certificate"] = {"rawBytes": b64(der)}
    responses = [token(signature) for token in ([stamped()] if tokens is None else tokens)]
    if responses:
        material["timestampVerificationData"] = {
            "rfc3161Timestamps": [{"signedTimestamp": b64(each)} for each in responses]}
    bundle = {"mediaType": MEDIA_TYPES[version], "verificationMaterial": material}
    if payload is None:
        bundle["messageSignature"] = {
            "messageDigest": {"algorithm": hash_name(algorithm),
                              "digest": b64(digest(artifact, algorithm))},
            "signature": b64(signature)}
    else:
        bundle["dsseEnvelope"] = {
            "payload": b64(payload), "payloadType": payload_type,
            "signatures": [{"sig": b64(signature)}]}
    return bundle


ALIASES = {"material": "verificationMaterial", "entry": "verificationMaterial.tlogEntries.0",
           "proof": "verificationMaterial.tlogEntries.0.inclusionProof",
           "leaf": "verificationMaterial.certificate",
           "timestamps": "verificationMaterial.timestampVerificationData.rfc3161Timestamps"}


def _place(value, path):
    first, _, rest = path.partition(".")
    *steps, last = f"{ALIASES.get(first, first)}.{rest}".strip(".").split(".")
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value, int(last) if isinstance(value, list) else last


def put(path, new):
    """An edit: sets the member at `path`, or applies the function `new` to it."""

    def edit(value):
        holder, name = _place(value, path)
        holder[name] = new(holder[name]) if callable(new) else new
        return value

    return edit


def drop(path):
    """An edit: removes the member at `path`."""

    def edit(value):
        holder, name = _place(value, path)
        del holder[name]
        return value

    return edit


def edits(*each):
    """Edits one after the other."""

    def edit(value):
        for one in each:
            value = one(value)
        return value

    return edit
