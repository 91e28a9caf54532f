"""Step 1: what is wrong with the bundle as a document."""

from .certificates import extension
from .encoding import after, b64, pem, unb64, utf8
from .instance import FULCIO_CA, LEAF_KEY, REKOR2, leaf, stamped
from .keys import Key
from .making import drop, edits, make, put, statement
from .vectors import reject


def refuse(name, check, **choices):
    reject(name, 1, "bundle-invalid", check, **choices)


def add():
    text()
    media_type()
    material()
    missing()
    message_digest()
    certificates()
    numbers()
    limits()
    for name, path, choices in [
        ("signature", "messageSignature.signature", {}),
        ("message-digest", "messageSignature.messageDigest.digest", {}),
        ("certificate", "leaf.rawBytes", {}),
        ("body", "entry.canonicalizedBody", {}),
        ("log-id", "entry.logId.keyId", {}),
        ("root-hash", "proof.rootHash", {}),
        ("proof-hash", "proof.hashes.0", {}),
        ("timestamp", "timestamps.0.signedTimestamp", {}),
        ("promise", "entry.inclusionPromise.signedEntryTimestamp", {"log": "v1"}),
        ("chain", "material.x509CertificateChain.certificates.0.rawBytes",
         {"version": "0.2", "log": "v1"}),
        ("payload", "dsseEnvelope.payload", {"payload": statement()}),
        ("envelope-signature", "dsseEnvelope.signatures.0.sig", {"payload": statement()}),
    ]:
        refuse(f"base64-{name}",
               f"{path.split('.')[-1]} is not base64: a character outside the alphabet",
               edit=put(path, lambda old: "!" + old[1:]), **choices)


def text():
    refuse("json-empty", "the file is empty", text=lambda _: "")
    refuse("json-truncated", "the JSON text ends in the middle",
           text=lambda all: all[: len(all) * 2 // 3])
    refuse("json-text-after-the-end", "something follows the JSON object",
           text=lambda all: all + "{}\n")
    refuse("json-array", "the document is an array, not an object", text=lambda all: f"[{all}]")
    refuse("json-not-utf8", "the JSON text is not UTF-8",
           text=lambda all: all.encode().replace(b"log2026", b"log\xff026", 1))


def media_type():
    refuse("media-type-missing", "there is no media type", edit=drop("mediaType"))
    refuse("media-type-unknown", "the media type is not that of a bundle",
           edit=put("mediaType", "application/json"))
    for name, value in [("version-0.4", "application/vnd.dev.sigstore.bundle.v0.4+json"),
                        ("version-0.9", "application/vnd.dev.sigstore.bundle+json;version=0.9"),
                        ("without-version", "application/vnd.dev.sigstore.bundle+json")]:
        refuse(f"media-type-{name}", f"unknown media type {value}", edit=put("mediaType", value))


def material():
    chained = {"certificates": [{"rawBytes": b64(leaf().certificate)}]}
    chain_only = edits(put("material.x509CertificateChain", chained), drop("leaf"))
    refuse("material-missing", "there is no verification material",
           edit=drop("verificationMaterial"))
    refuse("material-without-certificate-or-key", "neither a certificate nor a public key",
           edit=drop("leaf"))
    refuse("material-certificate-and-key", "a certificate and a public key at once",
           edit=put("material.publicKey", {"hint": "release"}))
    refuse("chain-in-v0.3", "v0.3 has one certificate, never a chain", edit=chain_only)
    refuse("chain-in-v0.3-old-media-type", "v0.3 has one certificate, never a chain",
           version="0.3-old", edit=chain_only)
    refuse("chain-empty", "the certificate chain is empty", log="v1", version="0.2",
           edit=put("material.x509CertificateChain.certificates", []))
    der = leaf().certificate
    refuse("certificate-trailing-byte", "a byte follows the DER certificate",
           edit=put("leaf.rawBytes", b64(der + b"\0")))
    refuse("certificate-truncated", "the DER certificate ends too early",
           edit=put("leaf.rawBytes", b64(der[:-1])))
    refuse("certificate-not-der", "the certificate is PEM instead of DER",
           edit=put("leaf.rawBytes", b64(pem("CERTIFICATE", der).encode())))
    blob, envelope = make(), make(payload=statement())
    refuse("content-missing", "neither a message signature nor an envelope",
           edit=drop("messageSignature"))
    refuse("content-twice", "a message signature and an envelope at once",
           edit=put("dsseEnvelope", envelope["dsseEnvelope"]))
    refuse("envelope-without-signature", "an envelope has exactly one signature, here none",
           payload=statement(), edit=put("dsseEnvelope.signatures", []))
    refuse("envelope-with-two-signatures", "an envelope has exactly one signature, here two",
           payload=statement(),
           edit=put("dsseEnvelope.signatures",
                    lambda old: old + [{"sig": blob["messageSignature"]["signature"]}]))
    refuse("v0.1-promise-missing", "v0.1 requires a signed entry timestamp", log="v1",
           version="0.1", edit=drop("entry.inclusionPromise"))
    for version in ["0.2", "0.3"]:
        log = "v1" if version == "0.2" else "v2"
        refuse(f"v{version}-proof-missing", f"v{version} requires an inclusion proof", log=log,
               version=version, edit=drop("proof"))
        refuse(f"v{version}-checkpoint-missing", f"v{version} requires a checkpoint", log=log,
               version=version, edit=drop("proof.checkpoint"))


def missing():
    v1, attested = {"log": "v1"}, {"payload": statement()}
    for name, path, choices in [
        ("signature", "messageSignature.signature", {}),
        ("payload", "dsseEnvelope.payload", attested),
        ("payload-type", "dsseEnvelope.payloadType", attested),
        ("envelope-signature", "dsseEnvelope.signatures.0.sig", attested),
        ("body", "entry.canonicalizedBody", {}),
        ("log-id", "entry.logId.keyId", {}),
        ("kind", "entry.kindVersion.kind", {}),
        ("kind-version", "entry.kindVersion.version", {}),
        ("promise-timestamp", "entry.inclusionPromise.signedEntryTimestamp", v1),
    ]:
        refuse(f"{name}-missing", f"there is no {path.split('.')[-1]}", edit=drop(path), **choices)
    refuse("signature-empty", "the signature has no bytes",
           edit=put("messageSignature.signature", ""))
    refuse("envelope-key-id-number", "the envelope's key id is no text",
           edit=put("dsseEnvelope.signatures.0.keyid", 5), **attested)


def message_digest():
    path = "messageSignature.messageDigest"
    refuse("digest-short", "the digest has 31 bytes",
           edit=put(f"{path}.digest", lambda old: b64(unb64(old)[:31])))
    refuse("digest-algorithm-unknown", "there is no hash algorithm MD5",
           edit=put(f"{path}.algorithm", "MD5"))
    refuse("base64-unused-bits", "digest is not base64: bits that belong to no byte are set",
           edit=put(f"{path}.digest", lambda old: f"{old[:-2]}{chr(ord(old[-2]) + 1)}="))


def certificates():
    def refuse_leaf(name, check, **choices):
        refuse(name, check, certificate=leaf(**choices))

    twice = extension("1.3.6.1.4.1.57264.99", utf8("?"))
    refuse_leaf("certificate-extension-twice", "the certificate has an extension twice",
                more=[twice, twice])
    refuse_leaf("certificate-rsa-1024", "the certificate's key is RSA of 1024 bits",
                key=Key("short rsa key", "rsa1024"))


def numbers():
    big = str(1 << 63)
    for name, path, value, choices in [
        ("log-index-negative", "entry.logIndex", "-1", {}),
        ("log-index-overflow", "entry.logIndex", big, {}),
        ("log-index-text", "entry.logIndex", "five", {}),
        ("log-index-fraction", "entry.logIndex", "5.5", {}),
        ("log-index-boolean", "entry.logIndex", True, {}),
        ("proof-index-negative", "proof.logIndex", "-5", {}),
        ("proof-index-overflow", "proof.logIndex", big, {}),
        ("tree-size-negative", "proof.treeSize", "-11", {}),
        ("tree-size-overflow", "proof.treeSize", big, {}),
        ("integrated-time-negative", "entry.integratedTime", "-1", {"log": "v1"}),
        ("integrated-time-overflow", "entry.integratedTime", big, {"log": "v1"}),
    ]:
        refuse(name, f"{path.split('.')[-1]} is {value}", edit=put(path, value), **choices)


def limits():
    body = unb64(make(managed=True)["verificationMaterial"]["tlogEntries"][0]["canonicalizedBody"])
    refuse("entries-33", "33 log entries, at most 32 are read", managed=True, tokens=[],
           public_key=LEAF_KEY,
           edit=put("material.tlogEntries", [REKOR2.entry(body, index=index, size=33)
                                             for index in range(33)]))
    refuse("chain-17", "a chain of 17 certificates, at most 16 are read", log="v1", version="0.2",
           chain=[FULCIO_CA] * 16)
    refuse("proof-hashes-65", "65 hashes, at most 64 are read",
           edit=put("proof.hashes", [b64(bytes(32))] * 65))
    refuse("timestamps-33", "33 timestamps, at most 32 are read",
           tokens=[stamped(time=after(second)) for second in range(33)])
    refuse("timestamp-twice", "the same timestamp twice", tokens=[stamped(), stamped()])
