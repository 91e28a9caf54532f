"""Steps 7 and 8: the signature, the statement, and the entry that must be of this signature."""

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from .encoding import b64, digest, flip
from .instance import LEAF_KEY, OTHER_KEY, leaf
from .making import ARTIFACT, OTHER_ARTIFACT, Signed, drop, put, statement
from .vectors import reject

ANOTHER = leaf(OTHER_KEY).certificate
RENEWED = leaf(old_issuer=None).certificate
PAYLOAD = statement()


def add():
    signatures()
    artifacts()
    statements()
    blob_entries()
    envelope_entries()
    entries_v2()


def raw(signature):
    """r and s side by side instead of DER."""
    return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(signature))


def signatures():
    def refuse(name, check, **choices):
        reject(name, 7, "signature", check, **choices)

    for name, choices in [("", {}), ("-v1", {"log": "v1"}), ("-dsse", {"payload": PAYLOAD}),
                          ("-dsse-v1", {"payload": PAYLOAD, "log": "v1"})]:
        refuse(f"signature-wrong{name}", "the signature has a wrong bit", change=flip, **choices)
        refuse(f"signature-by-other-key{name}",
               "another key than the certificate's made the signature", signer=OTHER_KEY, **choices)
    refuse("signature-not-der", "the ECDSA signature is r and s side by side, not DER", change=raw)
    refuse("signature-of-other-bytes", "the signature is of other bytes than the artifact",
           message=OTHER_ARTIFACT)
    refuse("signature-of-digest", "the signature is of the artifact's digest as a message",
           message=digest(ARTIFACT))
    refuse("signature-of-payload",
           "the envelope's signature is of the bare payload, without its type", payload=PAYLOAD,
           message=PAYLOAD)
    refuse("envelope-payload-altered", "the payload is not the signed one", log="v1",
           payload=statement(predicate={"built": "elsewhere"}),
           message=b"DSSEv1 28 application/vnd.in-toto+json %d %s" % (len(PAYLOAD), PAYLOAD))
    refuse("artifact-other-without-digest",
           "the signature is of another artifact, and no digest says so",
           artifact="other-artifact.txt", edit=drop("messageSignature.messageDigest"))


def artifacts():
    def refuse(name, check, **choices):
        reject(name, 7, "artifact-mismatch", check, **choices)

    refuse("artifact-other", "the bundle is of another artifact", artifact="other-artifact.txt")
    refuse("artifact-other-v1", "the bundle is of another artifact", artifact="other-artifact.txt",
           log="v1")
    refuse("artifact-other-dsse", "the statement is of another artifact",
           artifact="other-artifact.txt", payload=PAYLOAD)
    refuse("digest-other",
           "the bundle's digest is not the artifact's, though the signature is right",
           edit=put("messageSignature.messageDigest.digest", b64(digest(OTHER_ARTIFACT))))
    refuse("subject-digest-other",
           "the statement's subject has the artifact's name and another digest",
           payload=statement(artifact=OTHER_ARTIFACT))
    refuse("subject-digest-sha1", "the statement's subject has only a SHA-1 digest",
           payload=statement(
        subject=[{"name": "artifact.txt", "digest": {"sha1": digest(ARTIFACT, "sha1").hex()}}]))


def statements():
    def refuse(name, check, **choices):
        reject(name, 7, "statement", check, **choices)

    refuse("payload-type-other", "the payload is not an in-toto statement by its type",
           payload=PAYLOAD, payload_type="application/json")
    for name, check, payload in [
        ("statement-not-json", "the payload is not JSON", b"built from source"),
        ("statement-array", "the payload is an array", b"[]"),
        ("statement-type-other", "the statement is of an unknown type",
         statement(_type="https://example.com/Statement")),
        ("statement-type-missing", "the statement has no type", statement(_type=None)),
        ("statement-subject-missing", "the statement has no subject", statement(subject=None)),
        ("statement-subject-empty", "the statement's list of subjects is empty",
         statement(subject=[])),
        ("statement-predicate-type-missing", "the statement has no predicate type",
         statement(predicateType=None)),
    ]:
        refuse(name, check, payload=payload)
    for name, check, value in [
        ("digest-missing", "the statement's subject has no digest", {"name": "artifact.txt"}),
        ("digest-malformed", "a digest of the statement's subject has 31 bytes",
         {"digest": {"sha256": digest(ARTIFACT).hex(), "sha512": digest(ARTIFACT).hex()[:62]}}),
    ]:
        refuse(f"statement-subject-{name}", check, payload=statement(subject=[value]))
    refuse("statement-predicate-type-other", "the predicate is not of the expected type",
           payload=PAYLOAD, predicate_type="https://spdx.dev/Document")


def refuse_entry(name, check, **choices):
    reject(name, 8, "tlog-mismatch", check, **choices)


def signed_elsewhere(payload=None):
    """What another signer made of the same thing."""
    message = payload or ARTIFACT
    return Signed(message, OTHER_KEY.sign(message), OTHER_KEY, "sha256", ANOTHER, payload)


def verifier(certificate):
    return Signed(b"", b"", OTHER_KEY, "sha256", certificate, None).verifier_pem


def blob_entries():
    hash_path, other = "spec.data.hash", signed_elsewhere().hashedrekord_v1()["spec"]["signature"]
    key = Signed(b"", b"", LEAF_KEY, "sha256", None, None).verifier_pem
    for name, check, body in [
        ("digest", "digest", put(f"{hash_path}.value", digest(OTHER_ARTIFACT).hex())),
        ("hash", "digest, SHA-512 instead of SHA-256",
         put(hash_path, {"algorithm": "sha512", "value": digest(OTHER_ARTIFACT, "sha512").hex()})),
        ("signature", "signature", put("spec.signature.content", other["content"])),
        ("certificate", "certificate", put("spec.signature.publicKey", other["publicKey"])),
        ("renewed-certificate", "certificate, though of the same key",
         put("spec.signature.publicKey.content", verifier(RENEWED))),
        ("key", "verifier: the certificate's key instead of the certificate",
         put("spec.signature.publicKey.content", key)),
    ]:
        refuse_entry(f"entry-v1-{name}", f"the entry has another {check}", log="v1", body=body)
    refuse_entry("entry-v1-of-other-signer", "the entry is somebody else's of the same artifact",
                 log="v1", body=lambda _: signed_elsewhere().hashedrekord_v1())
    refuse_entry("entry-v1-kind", "a message signature has no dsse entry", log="v1",
                 body=lambda _: make_signed(PAYLOAD).dsse_v1())


def make_signed(payload):
    return Signed(payload, LEAF_KEY.sign(payload), LEAF_KEY, "sha256", leaf().certificate, payload)


def envelope_entries():
    other = signed_elsewhere(PAYLOAD)
    entry = other.dsse_v1()["spec"]["signatures"][0]
    for name, check, body in [
        ("payload-hash", "payload hash", put("spec.payloadHash.value", digest(b"other").hex())),
        ("signature", "signature", put("spec.signatures.0.signature", entry["signature"])),
        ("certificate", "verifier", put("spec.signatures.0.verifier", entry["verifier"])),
        ("two-signatures", "list of signatures, one more",
         put("spec.signatures", lambda old: old + [entry])),
        ("no-signature", "list of signatures, an empty one", put("spec.signatures", [])),
    ]:
        refuse_entry(f"entry-dsse-{name}", f"the entry has another {check}", log="v1",
                     payload=PAYLOAD, body=body)
    entry = other.intoto_v1()["spec"]["content"]["envelope"]["signatures"][0]
    for name, check, body in [
        ("payload-hash", "payload hash", put("spec.content.payloadHash.value",
                                             digest(b"other").hex())),
        ("signature", "signature", put("spec.content.envelope.signatures.0.sig", entry["sig"])),
        ("certificate", "verifier", put("spec.content.envelope.signatures.0.publicKey",
                                        entry["publicKey"])),
    ]:
        refuse_entry(f"entry-intoto-{name}", f"the entry has another {check}", log="v1",
                     payload=PAYLOAD, kind="intoto_v1", body=body)
    refuse_entry("entry-dsse-kind", "an envelope has no hashedrekord entry of version 0.0.1",
                 log="v1", payload=PAYLOAD, kind="hashedrekord_v1")


def entries_v2():
    record = "spec.hashedRekordV002"
    verifier_path = f"{record}.signature.verifier"
    other = signed_elsewhere().hashedrekord_v2()["spec"]["hashedRekordV002"]["signature"]
    for name, check, body in [
        ("digest", "digest", put(f"{record}.data.digest", b64(digest(OTHER_ARTIFACT)))),
        ("hash", "hash algorithm", put(f"{record}.data", {
            "algorithm": "SHA2_512", "digest": b64(digest(ARTIFACT, "sha512"))})),
        ("signature", "signature", put(f"{record}.signature.content", other["content"])),
        ("certificate", "certificate", put(verifier_path, other["verifier"])),
        ("renewed-certificate", "certificate, though of the same key",
         put(f"{verifier_path}.x509Certificate.rawBytes", b64(RENEWED))),
        ("key", "verifier: the certificate's key instead of the certificate", put(verifier_path, {
            "keyDetails": LEAF_KEY.details, "publicKey": {"rawBytes": b64(LEAF_KEY.spki)}})),
        ("key-details", "key algorithm", put(f"{verifier_path}.keyDetails",
                                             "PKIX_ECDSA_P384_SHA_384")),
    ]:
        refuse_entry(f"entry-v2-{name}", f"the entry has another {check}", body=body)
    for name, check, body in [
        ("digest", "digest: the payload's, without its type",
         put(f"{record}.data.digest", b64(digest(PAYLOAD)))),
        ("artifact-digest", "digest: the artifact's", put(f"{record}.data.digest",
                                                          b64(digest(ARTIFACT)))),
        ("signature", "signature", put(f"{record}.signature.content", other["content"])),
        ("certificate", "certificate", put(verifier_path, other["verifier"])),
    ]:
        refuse_entry(f"entry-v2-dsse-{name}", f"the attestation's entry has another {check}",
                     payload=PAYLOAD, body=body)
