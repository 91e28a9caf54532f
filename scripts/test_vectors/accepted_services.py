"""Bundles that pass: timestamps, checkpoints, proofs and trusted roots one might stumble over."""

from .certificates import TIME_STAMPING, CTLog
from .encoding import after, b64, rfc3339, unb64
from .instance import (
    CT, REKOR1, REKOR2, TSA, TSA_CHAIN, fulcio, stamped, timestamp_authority, trusted_fulcio,
    trusted_log, trusted_rekor, trusted_tsa)
from .keys import Key
from .keys_and_trust import RELEASE_KEY
from .log_entry import OTHER_REKOR2, note
from .logs import cosignature
from .making import drop, edits, make, put
from .timestamps import response
from .vectors import accept

SECOND_CT = CTLog(Key("second ct"))


def add():
    timestamps()
    checkpoints()
    proofs()
    periods()
    trusted_roots()


def timestamps():
    accept("timestamp-nonce", "a nonce needs no check without its request",
           tokens=[stamped(nonce=0x1234567890ABCDEF)])
    accept("timestamp-granted-with-modifications", "status 1 is granted too",
           tokens=[stamped(status=1)])
    accept("timestamp-embedded-certificate",
           "the token brings the certificate of its trusted signer",
           tokens=[stamped(certificates=[TSA.certificate])])
    accept("timestamp-embedded-chain", "the token brings the whole trusted chain",
           tokens=[stamped(certificates=[each.certificate for each in TSA_CHAIN])])
    accept("timestamp-sha512", "the imprint is SHA-512", tokens=[stamped(algorithm="sha512")])
    accept("timestamp-fraction", "the time has a fraction of a second",
           tokens=[stamped(time=after(5).replace(microsecond=250_000))])
    accept("timestamp-old-signing-certificate",
           "the signing-certificate attribute is of the first version",
           tokens=[stamped(named_version=1)])
    accept("timestamp-untrusted-beside-trusted", "a timestamp of an unknown authority is skipped",
           tokens=[response(timestamp_authority(" rogue", subject="rogue-tsa")[0]), stamped()])
    accept("timestamps-32", "as many timestamps as are read",
           tokens=[stamped(time=after(second)) for second in range(32)])
    accept("timestamp-at-start", "the start of the certificate belongs to it",
           tokens=[stamped(time=after())])
    accept("timestamp-at-end", "the end of the certificate belongs to it",
           tokens=[stamped(time=after(minutes=10))])
    chain = timestamp_authority(" long", intermediate=[TIME_STAMPING])
    accept("tsa-with-intermediate", "an authority with an intermediate",
           tokens=[response(chain[0])], trust=put("timestampAuthorities", [trusted_tsa(chain)]))
    chain = timestamp_authority(" retired", end=after(days=10), root_times={"end": after(days=10)})
    accept("tsa-expired-since", "the authority has expired since, but was valid then",
           tokens=[response(chain[0])], trust=put("timestampAuthorities",
                                                  [trusted_tsa(chain, end=after(days=9))]))


def checkpoints():
    witness = Key("witness", "ed25519")

    def unknown(text):
        return REKOR2.line(text, name="witness.example", key=witness, key_id=b"\1\2\3\4")

    def cosigned(text):
        return cosignature(witness, "witness.example", text, after(20))

    for name, check, lines in [
        ("unknown-signer", "a signature of an unknown key is ignored",
         lambda text: REKOR2.line(text) + unknown(text)),
        ("log-not-first", "the log's signature need not be the first",
         lambda text: unknown(text) + REKOR2.line(text)),
        ("cosigned", "a witness's cosignature is ignored",
         lambda text: REKOR2.line(text) + cosigned(text)),
        ("same-name-other-key", "a line of the log's name and another key is ignored",
         lambda text: REKOR2.line(text, key=witness, key_id=b"\1\2\3\4") + REKOR2.line(text)),
        ("sixteen-signatures", "sixteen signatures are read",
         lambda text: unknown(text) * 15 + REKOR2.line(text)),
    ]:
        accept(f"checkpoint-{name}", check, entry=note(lines=lines))
    accept("checkpoint-key-id-of-trusted-root",
           "the key id of the checkpoint's line is the one that the trusted root gives",
           entry=note(lines=lambda text: REKOR2.line(text, key_id=b"\1\2\3\4")),
           trust=put("tlogs.1.checkpointKeyId", {"keyId": b64(b"\1\2\3\4")}))
    accept("checkpoint-extension", "further lines of the text are ignored, but signed",
           entry=note(lambda size, root: REKOR2.text(size, root, "extension 1", "extension 2")))
    accept("checkpoint-extension-v1", "further lines of the text are ignored, but signed", log="v1",
           entry=note(lambda size, root: REKOR1.text(size, root, "Timestamp: 1768478410000000000"),
                      log=REKOR1))


def proofs():
    for name, index, size in [("single", 0, 1), ("last", 10, 11), ("power-of-two", 3, 8),
                              ("lonely-last", 8, 9)]:
        accept(f"proof-{name}", f"index {index} of a tree of {size}",
               entry={"index": index, "size": size})
    accept("proof-in-large-tree", "index 300 of a tree of 1000, in Rekor v1", log="v1",
           entry={"index": 300, "size": 1000})
    body = unb64(make()["verificationMaterial"]["tlogEntries"][0]["canonicalizedBody"])
    accept("entry-of-unknown-log-beside-known", "an entry of an unknown log is skipped",
           edit=put("material.tlogEntries", lambda old: [OTHER_REKOR2.entry(body), *old]))
    unreadable = OTHER_REKOR2.entry(b"not JSON")
    accept("entry-of-unknown-log-unreadable", "an entry of an unknown log is not even read",
           edit=put("material.tlogEntries", lambda old: [unreadable, *old]))
    accept("entries-of-two-logs", "entries of two trusted logs",
           edit=put("material.tlogEntries", lambda old: [OTHER_REKOR2.entry(body), *old]),
           trust=put("tlogs", lambda old: old + [trusted_rekor(OTHER_REKOR2)]))


def periods():
    ct = trusted_log("https://ct.example/2026", CT.key, CT.id, start=after(), end=after())
    accept("period-ct-inclusive",
           "both ends of a validFor belong to it: the certificate timestamp's time",
           trust=put("ctlogs.0", ct))
    accept("period-log-inclusive", "both ends of a validFor belong to it: the integrated time",
           log="v1", tokens=[], trust=put("tlogs.0", trusted_rekor(REKOR1, start=after(10),
                                                                   end=after(10))))
    accept("period-tsa-inclusive", "both ends of a validFor belong to it: the timestamp",
           trust=put("timestampAuthorities.0", trusted_tsa(TSA_CHAIN, start=after(5),
                                                           end=after(5))))
    accept("period-ca-inclusive", "both ends of a validFor belong to it: the signing time",
           trust=put("certificateAuthorities.0", trusted_fulcio(start=after(5), end=after(5))))
    accept("period-with-fraction", "a validFor may have fractions of a second",
           trust=put("tlogs.1.publicKey.validFor.start",
                     rfc3339(after(days=-9)).replace("Z", ".123456789Z")))


def trusted_roots():
    root, authority = fulcio(" new")
    accept("authorities-overlap", "several authorities and logs are valid at once", trust=edits(
        put("certificateAuthorities", lambda old: [trusted_fulcio(root, authority), *old]),
        put("tlogs", lambda old: [trusted_rekor(OTHER_REKOR2), *old]),
        put("ctlogs", lambda old: [trusted_log("https://ct.example/2027", SECOND_CT.key,
                                               SECOND_CT.id), *old]),
        put("timestampAuthorities", lambda old: [trusted_tsa(timestamp_authority(" second")),
                                                 *old])))
    ended = trusted_fulcio(end=after(days=-100))
    accept("authority-twice", "the same authority in two periods, one of which contains the time",
           trust=put("certificateAuthorities", lambda old: [ended, *old]))
    accept("log-twice", "the same log in two periods, one of which contains the time", log="v1",
           trust=put("tlogs",
                     lambda old: old + [trusted_rekor(REKOR1, end=after(days=-100))]))
    accept("log-key-ended-after-promise",
           "the log's key was in use when it promised the entry, and ended before the timestamp",
           log="v1", tokens=[stamped(time=after(days=1))], key=RELEASE_KEY, managed=True,
           public_key=RELEASE_KEY, trust=put("tlogs.0", trusted_rekor(REKOR1, end=after(60))))
    accept("log-key-younger-than-timestamp",
           "a log that does not say when it took the entry took it after the signature was made",
           trust=put("tlogs.1", trusted_rekor(REKOR2, start=after(6))))
    accept("authority-anchored-at-intermediate",
           "the last certificate of a chain is the anchor, self-signed or not",
           trust=put("certificateAuthorities.0.certChain.certificates", lambda old: old[:1]))
    accept("authority-without-name", "an empty subject and no URI", trust=edits(
        put("certificateAuthorities.0.subject", {}), drop("certificateAuthorities.0.uri")))
    v2 = edits(put("mediaType", "application/vnd.dev.sigstore.trustedroot.v0.2+json"), *(
        edits(put(f"tlogs.{number}.operator", "sigstore.example"),
              put(f"tlogs.{number}.checkpointKeyId", {"keyId": b64(log.id)}))
        for number, log in enumerate([REKOR1, REKOR2])))
    accept("trusted-root-v0.2", "a trusted root of version 0.2", trust=v2)
    accept("trusted-root-unknown-fields", "unknown members are ignored", trust=edits(
        put("note", "more"), put("tlogs.0.extra", [1]), put("ctlogs.0.publicKey.extra", {})))
