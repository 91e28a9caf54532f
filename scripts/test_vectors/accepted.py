"""Bundles that pass, and why one might think that they do not."""

from .certificates import (
    CODE_SIGNING, FULCIO, CTLog, basic_constraints, certify, extended_key_usage, extension,
    key_usage, uri, user_name)
from .encoding import b64, digest
from .instance import CT, FULCIO_CA, FULCIO_ROOT, OTHER_KEY, leaf, trusted_fulcio
from .keys import Key
from .keys_and_trust import RELEASE_KEY
from .making import ARTIFACT, OTHER_ARTIFACT, PREDICATE, drop, edits, put, statement
from .vectors import accept

PAYLOAD = statement()


def add():
    formats()
    json_spellings()
    keys()
    certificates()
    statements()


def formats():
    only_root = put("certificateAuthorities.0.certChain.certificates", lambda old: old[1:])
    for version in ["0.1", "0.2", "0.3-old", "0.3"]:
        accept(f"v{version}-blob-rekor-v1", "a message signature, its time promised by Rekor v1",
               log="v1", version=version, tokens=[])
        accept(f"v{version}-dsse-rekor-v1", "an attestation, its time promised by Rekor v1",
               log="v1", version=version, tokens=[], payload=PAYLOAD)
    for name, choices in [("blob", {}), ("dsse", {"payload": PAYLOAD})]:
        accept(f"v0.3-{name}-rekor-v2", "an entry of Rekor v2, its time from a timestamp",
               **choices)
        accept(f"v0.3-{name}-rekor-v1-timestamp", "two times: a promised one and a timestamp",
               log="v1", **choices)
    accept("v0.2-chain-with-intermediate", "v0.2 may repeat the intermediate", log="v1",
           version="0.2", tokens=[], chain=[FULCIO_CA])
    accept("v0.1-chain-with-root", "a root in the bundle's chain is ignored", log="v1",
           version="0.1", tokens=[], chain=[FULCIO_CA, FULCIO_ROOT])
    accept("v0.2-chain-brings-intermediate", "the intermediate is only in the bundle", log="v1",
           version="0.2", tokens=[], chain=[FULCIO_CA], trust=only_root)
    accept("v0.1-without-proof", "v0.1 requires the promise only", log="v1", version="0.1",
           tokens=[], edit=drop("proof"))
    accept("v0.1-without-checkpoint", "a proof without a checkpoint is ignored in v0.1", log="v1",
           version="0.1", tokens=[], edit=drop("proof.checkpoint"))
    accept("intoto-rekor-v1", "entries of kind intoto 0.0.2 are still read", log="v1",
           payload=PAYLOAD, kind="intoto_v1")
    accept("promise-missing-timestamp-present",
           "v0.3 needs no promise when a timestamp gives the time", log="v1",
           entry={"promised": False})
    accept("envelope-hash-unknown", "the entry's hash of the envelope cannot be checked", log="v1",
           payload=PAYLOAD, body=put("spec.envelopeHash.value", digest(b"whatever").hex()))


def json_spellings():
    as_numbers = edits(*(put(path, int) for path in ["entry.logIndex", "entry.integratedTime",
                                                     "proof.logIndex", "proof.treeSize"]))
    accept("integers-as-numbers", "proto3 JSON: 64-bit integers may be numbers", log="v1",
           edit=as_numbers)
    accept("log-index-zero-absent", "proto3 JSON: an index of 0 may be left out",
           entry={"index": 0}, edit=edits(drop("entry.logIndex"), drop("proof.logIndex")))
    accept("hashes-absent", "proto3 JSON: an empty list may be left out",
           entry={"index": 0, "size": 1}, edit=drop("proof.hashes"))
    accept("nulls-and-zeroes", "proto3 JSON: null and 0 are the same as absent", edit=edits(
        put("entry.inclusionPromise", None), put("entry.integratedTime", "0"),
        put("dsseEnvelope", None), put("material.publicKey", None),
        put("material.x509CertificateChain", None)))
    accept("unknown-fields", "unknown members are ignored", edit=edits(
        put("note", "more to come"), put("entry.witnesses", [{"name": "w"}]),
        put("material.extra", {"a": [1, None]}), put("messageSignature.extra", 1.5),
        put("proof.extra", True)))
    accept("digest-absent", "the digest in the bundle is only a hint",
           edit=drop("messageSignature.messageDigest"))
    accept("digest-algorithm-as-number", "proto3 JSON: an enumeration may be a number",
           edit=put("messageSignature.messageDigest.algorithm", 1))


def keys():
    def managed(name, check, key=RELEASE_KEY, **choices):
        accept(f"key-{name}", check, key=key, managed=True, public_key=key, **choices)

    managed("blob-rekor-v1", "a key instead of a certificate", log="v1", tokens=[])
    managed("blob-rekor-v2", "a key instead of a certificate")
    managed("dsse-rekor-v1", "a key instead of a certificate", log="v1", payload=PAYLOAD)
    managed("dsse-rekor-v2", "a key instead of a certificate", payload=PAYLOAD)
    managed("without-time", "a key needs no verified time", tokens=[])
    managed("hint-of-other-key", "the hint is free text, the given key decides",
            edit=put("material.publicKey.hint", b64(digest(OTHER_KEY.spki))))
    managed("envelope-key-id", "the envelope's key id may equal the hint", payload=PAYLOAD,
            edit=put("dsseEnvelope.signatures.0.keyid", b64(digest(RELEASE_KEY.spki))))
    managed("ed25519-dsse", "Ed25519 over an attestation, in Rekor v1",
            Key("ed25519 key", "ed25519"), log="v1", payload=PAYLOAD)
    managed("rsa", "RSA with PKCS#1 padding", Key("rsa key", "rsa"))
    for kind in ["p384", "p521"]:
        curve = Key(f"{kind} key", kind)
        managed(f"{kind}-{curve.hash}",
                f"the artifact's digest is {curve.hash}: it takes the file to verify", curve)
        managed(f"{kind}-dsse",
                f"the envelope is hashed with {curve.hash}, the artifact with sha256", curve,
                payload=PAYLOAD)
        managed(f"{kind}-sha256", "a larger curve with SHA-256, as older clients did", curve,
                log="v1", algorithm="sha256")


def certificates():
    workflow = "https://github.com/o/r/.github/workflows/w.yml@refs/tags/v1"
    accept("identity-uri", "the identity is a URI", identity=workflow,
           certificate=leaf(san=[uri(workflow)]))
    claims = ["push", "0123456789abcdef0123456789abcdef01234567", "Release", "o/r", "refs/tags/v1"]
    accept("identity-workflow", "what the certificate says of its workflow was not asked about",
           identity=workflow, certificate=leaf(san=[uri(workflow)], more=[
               extension(f"{FULCIO}.{number}", text.encode())
               for number, text in enumerate(claims, 2)]))
    accept("identity-user-name", "the identity is a user in a domain",
           identity="release!example.com", certificate=leaf(san=[user_name("release!example.com")]))
    accept("issuer-only-old-extension", "without extension .8 the older .1 counts",
           certificate=leaf(issuer=None))
    accept("issuer-new-extension-wins", "extensions .8 and .1 differ, .8 counts",
           certificate=leaf(old_issuer="https://login.example.com"))
    accept("issuer-absent", "an absent issuer is the empty text", issuer="",
           certificate=leaf(issuer=None, old_issuer=None))
    accept("certificate-rsa", "an RSA key in the certificate", key=Key("rsa key", "rsa"))
    accept("certificate-p384-sha256", "a larger curve with SHA-256, as older clients did", log="v1",
           key=Key("p384 key", "p384"), algorithm="sha256")
    accept("sct-with-extensions", "a certificate timestamp's extension bytes are signed too",
           certificate=leaf(scts=[CT.sct(extensions=b"\0\0\5\0\0\0\0\1")]))
    accept("sct-second-known", "a certificate timestamp of an unknown log is skipped",
           certificate=leaf(scts=[CTLog(Key("unknown ct")).sct(), CT.sct()]))
    special = certify(Key("precertificate authority", "p384"), "sigstore-intermediate", FULCIO_ROOT,
                      extensions=[basic_constraints(True, 0), key_usage(5, 6), extended_key_usage(
                          CODE_SIGNING, "1.3.6.1.4.1.11129.2.4.4")])
    accept("sct-by-precertificate-authority",
           "the log saw the issuer of an authority for precertificates instead",
           certificate=leaf(authority=special, scts=[CT.sct(issuer_spki=FULCIO_ROOT.key.spki)]),
           trust=put("certificateAuthorities.0", trusted_fulcio(authority=special)))
    accept("usage-two", "code signing among other extended key usages",
           certificate=leaf(extended=["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.3"]))


def statements():
    accept("statement-v0.1", "statements of version 0.1 are read",
           payload=statement(_type="https://in-toto.io/Statement/v0.1"))
    subjects = [{"name": "other", "digest": {"sha256": digest(OTHER_ARTIFACT).hex()}},
                {"name": "any name", "digest": {"sha512": digest(ARTIFACT, "sha512").hex(),
                                                "sha256": digest(ARTIFACT).hex()}}]
    accept("statement-second-subject", "one of several subjects is the artifact, by digest only",
           payload=statement(subject=subjects))
    accept("statement-predicate-type", "the predicate is of the expected type", payload=PAYLOAD,
           predicate_type=PREDICATE)
    accept("statement-without-predicate", "the predicate is not looked at",
           payload=statement(predicate=None))
    accept("statement-spacing", "the payload's bytes count, not what they mean",
           payload=PAYLOAD.replace(b": ", b" :\n\t") + b"\n")
