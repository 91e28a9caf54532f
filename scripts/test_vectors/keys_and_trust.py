"""Bundles under a public key, and trusted roots that are wrong themselves."""

from .encoding import b64, digest
from .instance import LEAF_KEY, OTHER_KEY
from .keys import Key
from .making import drop, put, statement
from .vectors import reject

RELEASE_KEY = Key("release key")


def add():
    keys()
    trusted_roots()


def keys():
    managed = {"key": RELEASE_KEY, "managed": True, "public_key": RELEASE_KEY}
    reject("key-bundle-without-key", 0, "identity-mismatch",
           "a bundle under a key cannot show an identity", **managed | {"public_key": None})
    reject("certificate-bundle-with-key", 0, "identity-mismatch",
           "a bundle under a certificate, where a key is asked for", public_key=LEAF_KEY)
    for name, choices in [("", {}), ("-v1", {"log": "v1"}), ("-dsse", {"payload": statement()})]:
        reject(f"key-other{name}", 7, "signature",
               "another key than the one given made the signature", **managed | {
            "public_key": OTHER_KEY, **choices})
    reject("key-signature-wrong", 7, "signature", "the signature is not of the artifact",
           message=b"other", **managed)
    reject("key-artifact-other", 7, "artifact-mismatch", "the bundle is of another artifact",
           artifact="other-artifact.txt", **managed)
    reject("key-entries-none", 6, "tlog-untrusted", "there is no log entry", tokens=[],
           edit=put("material.tlogEntries", []), **managed)
    reject("key-entry-v1-of-other-key", 8, "tlog-mismatch", "the entry has another public key",
           log="v1", body=put(
        "spec.signature.publicKey.content", b64(OTHER_KEY.pem.encode())), **managed)
    reject("key-entry-v2-of-other-key", 8, "tlog-mismatch", "the entry has another public key",
           body=put(
        "spec.hashedRekordV002.signature.verifier.publicKey.rawBytes", b64(OTHER_KEY.spki)),
           **managed)
    reject("key-entry-v2-digest", 8, "tlog-mismatch", "the entry has another digest", body=put(
        "spec.hashedRekordV002.data.digest", b64(digest(b"other"))), **managed)


def trusted_roots():
    def refuse(name, check, trust=None, **choices):
        reject(f"trust-{name}", "trust", "trust-invalid", check, trust=trust, **choices)

    refuse("media-type-unknown", "the trusted root's media type is unknown",
           put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.9"))
    refuse("truncated", "the trusted root's JSON text ends in the middle",
           trust_text=lambda all: all[: len(all) // 2])
    for name, place in [("log", "tlogs.0"), ("certificate-log", "ctlogs.0")]:
        refuse(f"{name}-key-without-start", "a key's validFor must have a start",
               drop(f"{place}.publicKey.validFor.start"))
        refuse(f"{name}-key-without-period", "a key must have a validFor",
               drop(f"{place}.publicKey.validFor"))
    refuse("log-key-not-base64", "a log's key is not base64",
           put("tlogs.0.publicKey.rawBytes", lambda old: "!" + old[1:]))
    refuse("log-key-of-other-kind", "a log's key is not of the kind that its details say",
           put("tlogs.1.publicKey.keyDetails", "PKIX_ECDSA_P256_SHA_256"))
    refuse("log-id-missing", "a log has no key id", drop("tlogs.0.logId"))
    refuse("time-with-tail", "a digit follows a time, after a word",
           put("tlogs.0.publicKey.validFor.start", "2025-01-15T12:00:00Z and 7"))
    refuse("time-impossible", "there is no month 13",
           put("tlogs.0.publicKey.validFor.start", "2024-13-15T12:00:00Z"))
    refuse("authority-chain-17", "an authority's chain has 17 certificates, at most 16 are read",
           put("certificateAuthorities.0.certChain.certificates",
               lambda old: old[:1] * 16 + old[1:]))
    refuse("time-malformed", "a time is not RFC 3339", put("tlogs.0.publicKey.validFor.start",
                                                           "2025-01-15 12:00"))
    certificates = "certificateAuthorities.0.certChain.certificates"
    refuse("authority-chain-empty", "an authority's chain is empty", put(certificates, []))
    refuse("authority-certificate-malformed", "an authority's certificate is not DER",
           put(f"{certificates}.0.rawBytes", b64(b"a certificate")))
