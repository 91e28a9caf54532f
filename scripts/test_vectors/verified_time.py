"""Step 2: nothing proves when the signature was made."""

from .certificates import CODE_SIGNING, TIME_STAMPING, extension
from .encoding import after, b64, flip, unb64, utf8
from .instance import (
    OPENED, OTHER_KEY, REKOR1, TSA, TSA_CHAIN, stamped, timestamp_authority, trusted_rekor,
    trusted_tsa)
from .making import put
from .timestamps import TST_INFO, response
from .vectors import reject

DATA = "1.2.840.113549.1.7.1"


def refuse(name, check, **choices):
    reject(name, 2, "no-verified-time", check, **choices)


def trust(chain, **times):
    return put("timestampAuthorities", [trusted_tsa(chain, **times)])


def signed_by(chain, check, name, *, trusted=None, time=None, **choices):
    """A token of a flawed authority that is the only trusted one."""
    token = response(chain[0], **({"time": time} if time else {}), **choices)
    refuse(name, check, tokens=[token], trust=trusted or trust(chain))


def add():
    missing()
    entry_times()
    tokens()
    authorities()


def missing():
    refuse("time-missing", "Rekor v2 gives no time, and there is no timestamp", tokens=[])
    refuse("time-not-promised",
           "an integrated time without a signed entry timestamp proves nothing", log="v1",
           tokens=[], entry={"promised": False})


def entry_times():
    refuse("set-wrong-only-time",
           "the only time is that of a signed entry timestamp with a wrong signature", log="v1",
           tokens=[], edit=put("entry.inclusionPromise.signedEntryTimestamp",
                               lambda old: b64(flip(unb64(old)))))
    refuse("integrated-time-altered-only-time", "the integrated time is not the promised one",
           log="v1", tokens=[], entry={"signed_integrated": after(11)})
    refuse("set-log-unknown-only-time", "the promise is of a log that is not trusted", log="v1",
           tokens=[], edit=put("entry.logId.keyId", b64(bytes(32))))
    refuse("set-outside-log-key-only-time", "the integrated time is after the end of the log's key",
           log="v1", tokens=[], trust=put("tlogs.0", trusted_rekor(REKOR1, end=after(9))))
    refuse("set-before-log-key-only-time",
           "the integrated time is before the start of the log's key", log="v1", tokens=[],
           trust=put("tlogs.0", trusted_rekor(REKOR1, start=after(11))))


def tokens():
    for name, check, choices in [
        ("timestamp-of-other-bytes", "the imprint is of other bytes than the signature",
         {"stamped": b"other bytes"}),
        ("timestamp-imprint-sha1", "the imprint's hash is SHA-1", {"algorithm": "sha1"}),
        ("timestamp-signature-wrong", "the token's signature has a wrong bit", {"broken": True}),
        ("timestamp-by-other-key", "the token names the trusted signer, another key signed it",
         {"key": OTHER_KEY}),
        ("timestamp-rejected", "the response has status 2, rejection, and yet a token",
         {"status": 2}),
        ("timestamp-waiting", "the response has status 3, waiting, and yet a token", {"status": 3}),
        ("timestamp-granted-without-token", "the response is granted and has no token",
         {"token": False}),
        ("timestamp-content-missing", "the token is signed over content that it does not hold",
         {"content": False}),
        ("timestamp-names-other-certificate",
         "the signing-certificate attribute is of another certificate",
         {"named": TSA_CHAIN[1].certificate}),
        ("timestamp-content-digest-wrong",
         "the message digest attribute is not that of the content", {"content_digest": bytes(32)}),
        ("timestamp-content-type-other", "the signed content is of type data, not a TSTInfo",
         {"content_type": DATA}),
        ("timestamp-names-other-certificate-v1",
         "the signing-certificate attribute of the first version is of another certificate",
         {"named": TSA_CHAIN[1].certificate, "named_version": 1}),
        ("timestamp-names-no-certificate", "there is no signing-certificate attribute",
         {"named_version": None}),
        ("timestamp-content-type-only-outside",
         "the content is of type TSTInfo, the signed attribute says data", {"signed_type": DATA}),
        ("timestamp-content-type-only-signed",
         "the content is of type data, the signed attribute says TSTInfo",
         {"content_type": DATA, "signed_type": TST_INFO}),
        ("timestamp-version-other", "the TSTInfo is of version 2", {"version": 2}),
        ("timestamp-critical-extension", "the TSTInfo has an unknown critical extension",
         {"extensions": extension("1.3.6.1.4.1.57264.99", utf8("?"), critical=True)}),
        ("timestamp-two-signers", "a token has exactly one signer", {"signers": 2}),
        ("timestamp-trailing-byte", "a byte follows the response", {"tail": b"\0"}),
    ]:
        refuse(name, check, tokens=[stamped(**choices)])
    path = "timestamps.0.signedTimestamp"
    refuse("timestamp-truncated", "the response ends too early",
           edit=put(path, lambda old: b64(unb64(old)[:-20])))
    refuse("timestamp-not-der", "the response is no DER", edit=put(path, b64(b"a timestamp")))


def authorities():
    rogue = timestamp_authority(" rogue", subject="rogue-tsa")
    twin = timestamp_authority(" twin")
    refuse("tsa-untrusted", "the signer is not a trusted authority", tokens=[response(rogue[0])])
    refuse("tsa-untrusted-embedded", "the token brings the chain of an untrusted authority",
           tokens=[
        response(rogue[0], certificates=[each.certificate for each in rogue])])
    refuse("tsa-untrusted-same-name",
           "the signer has the names of the trusted authority, but is another", tokens=[
        response(twin[0], certificates=[each.certificate for each in twin])])
    refuse("tsa-none-trusted", "the trusted root has no timestamp authority",
           trust=put("timestampAuthorities", []))
    refuse("tsa-before-valid-for", "the time is before the authority's validFor",
           trust=trust(TSA_CHAIN, start=after(6)))
    refuse("tsa-after-valid-for", "the time is after the authority's validFor",
           trust=trust(TSA_CHAIN, end=after(4)))
    signed_by(timestamp_authority(" soft", critical=False),
              "the signer's extended key usage is not critical", "tsa-usage-not-critical")
    signed_by(timestamp_authority(" code", usages=[CODE_SIGNING]),
              "the signer's extended key usage is code signing", "tsa-usage-other")
    signed_by(timestamp_authority(" both", usages=[TIME_STAMPING, CODE_SIGNING]),
              "the signer's extended key usage is not only time stamping", "tsa-usage-two")
    signed_by(timestamp_authority(" none", usages=[]), "the signer has no extended key usage",
              "tsa-usage-missing")
    signed_by(timestamp_authority(" ca", is_authority=True),
              "the signer is a certificate authority", "tsa-signer-is-authority")
    signed_by(timestamp_authority(" mute", signs=False),
              "the signer's key usage is not digital signature", "tsa-usage-not-signing")
    signed_by(timestamp_authority(" narrow", intermediate=[CODE_SIGNING]),
              "the signer's issuer is for code signing only", "tsa-issuer-usage-other")
    signed_by(timestamp_authority(" past", intermediate=[TIME_STAMPING],
                                  intermediate_times={"end": after(4)}),
              "the time is after the end of the intermediate certificate",
              "tsa-intermediate-expired")
    signed_by([TSA], "the authority's chain is its signer alone, which anchors nothing",
              "tsa-chain-signer-only")
    old = timestamp_authority(" old", end=after(4))
    signed_by(old, "the time is after the end of the signer's certificate",
              "tsa-certificate-expired")
    young = timestamp_authority(" young", start=after(6))
    signed_by(young, "the time is before the start of the signer's certificate",
              "tsa-certificate-not-yet-valid")
    stale = timestamp_authority(" stale", root_times={"start": OPENED, "end": after(4)})
    signed_by(stale, "the time is after the end of the authority's root certificate",
              "tsa-root-expired")
    broken = timestamp_authority(" broken", broken=True)
    signed_by(broken, "the signer's certificate is not signed by its issuer",
              "tsa-certificate-signature-wrong")
    other_root = [TSA, timestamp_authority(" other")[1]]
    signed_by(other_root, "the chain's anchor did not issue the signer's certificate",
              "tsa-chain-broken")
