"""Step 6: the entry is not proved to be in a trusted log."""

from .encoding import after, b64, digest, flip, unb64, unix
from .instance import LEAF_KEY, OTHER_KEY, REKOR1, REKOR2, trusted_rekor
from .keys import Key
from .logs import RekorV1, RekorV2
from .making import drop, edits, make, put, statement
from .vectors import reject

OTHER_REKOR2 = RekorV2(Key("another rekor v2", "ed25519"), "log2026-2.rekor.example")


def refuse(name, check, **choices):
    reject(name, 6, "tlog-proof", check, **choices)


def untrusted(name, check, **choices):
    reject(name, 6, "tlog-untrusted", check, **choices)


def note(text=None, lines=None, log=REKOR2):
    """A function that makes a checkpoint: its text from size and root, its lines from the text."""
    text = text or log.text
    lines = lines or log.line

    def checkpoint(size, root):
        return f"{text(size, root)}\n{lines(text(size, root))}"

    return {"checkpoint": checkpoint}


def add():
    checkpoint_texts()
    checkpoint_lines()
    proofs()
    bodies()
    logs()
    promises()


def checkpoint_texts():
    origin = REKOR2.origin
    for name, check, text in [
        ("checkpoint-origin-other", "the checkpoint's origin is not the log",
         lambda size, root: f"log.example\n{size}\n{b64(root)}\n"),
        ("checkpoint-origin-missing", "the checkpoint has no origin", lambda size,
         root: f"{size}\n{b64(root)}\n"),
        ("checkpoint-size-missing", "the checkpoint has no size", lambda size,
         root: f"{origin}\n{b64(root)}\n"),
        ("checkpoint-root-missing", "the checkpoint has no root hash", lambda size,
         root: f"{origin}\n{size}\n"),
        ("checkpoint-size-text", "the checkpoint's size is no decimal number",
         lambda size, root: f"{origin}\n0x{size:x}\n{b64(root)}\n"),
        ("checkpoint-size-sign", "the checkpoint's size has a sign",
         lambda size, root: f"{origin}\n+{size}\n{b64(root)}\n"),
        ("checkpoint-size-overflow", "the checkpoint's size is beyond 64 bits",
         lambda size, root: f"{origin}\n{(1 << 64) + size}\n{b64(root)}\n"),
        ("checkpoint-size-other", "the checkpoint's size is not the proof's",
         lambda size, root: REKOR2.text(size + 1, root)),
        ("checkpoint-root-other", "the checkpoint's root hash is not the proof's",
         lambda size, root: REKOR2.text(size, flip(root))),
        ("checkpoint-root-short", "the checkpoint's root hash has 31 bytes",
         lambda size, root: REKOR2.text(size, root[:31])),
        ("checkpoint-root-not-base64", "the checkpoint's root hash is not base64",
         lambda size, root: f"{origin}\n{size}\n!{b64(root)[1:]}\n"),
    ]:
        refuse(name, check, entry=note(text))
    for name, check, origin_v1 in [
        ("other", "the checkpoint's origin is not its signer", "log.example - 1193050959916656506"),
        ("tree-missing", "the checkpoint's origin ends before the number of the tree",
         f"{REKOR1.host} - "),
        ("tree-text", "the checkpoint's origin has a text for the number of the tree",
         f"{REKOR1.host} - tree"),
    ]:
        refuse(f"checkpoint-origin-{name}-v1", check, log="v1", entry=note(
            lambda size, root, origin_v1=origin_v1: f"{origin_v1}\n{size}\n{b64(root)}\n",
            log=REKOR1))
    refuse("checkpoint-size-other-v1", "the checkpoint's size is not the proof's", log="v1",
           entry=note(lambda size, root: REKOR1.text(size + 1, root), log=REKOR1))
    refuse("checkpoint-root-other-v1", "the checkpoint's root hash is not the proof's", log="v1",
           entry=note(lambda size, root: REKOR1.text(size, flip(root)), log=REKOR1))


def checkpoint_lines():
    witness = Key("witness", "ed25519")

    def unknown(text):
        return REKOR2.line(text, name="witness.example", key=witness,
                           key_id=digest(witness.raw)[:4])

    for name, check, lines in [
        ("checkpoint-signature-wrong", "the checkpoint's signature has a wrong bit",
         lambda text: REKOR2.line(text, change=flip)),
        ("checkpoint-by-other-key", "the checkpoint names the log's key, another one signed it",
         lambda text: REKOR2.line(text, key=witness)),
        ("checkpoint-unknown-signer", "only an unknown key signed the checkpoint", unknown),
        ("checkpoint-key-id-wrong", "the key id of the checkpoint's line is not the log's",
         lambda text: REKOR2.line(text, key_id=b"\1\2\3\4")),
        ("checkpoint-signer-name-other", "the log's key signed the checkpoint under another name",
         lambda text: REKOR2.line(text, name="log.example")),
        ("checkpoint-unsigned", "the checkpoint has no signature", lambda text: ""),
        ("checkpoint-wrong-line-first", "one of two lines of the log's key does not verify",
         lambda text: REKOR2.line(text, change=flip) + REKOR2.line(text)),
        ("checkpoint-line-not-base64", "the checkpoint's signature is not base64",
         lambda text: REKOR2.line(text)[:-5] + "!!!!\n"),
        ("checkpoint-other-line-not-base64", "another signature of the checkpoint is not base64",
         lambda text: REKOR2.line(text) + unknown(text)[:-5] + "!!!!\n"),
        ("checkpoint-line-without-name", "another signature of the checkpoint has no name",
         lambda text: REKOR2.line(text) + unknown(text).replace("witness.example", "")),
        ("checkpoint-line-words", "a word follows the checkpoint's signature",
         lambda text: REKOR2.line(text)[:-1] + " more\n"),
        ("checkpoint-other-line-short", "another signature of the checkpoint is a bare key id",
         lambda text: REKOR2.line(text) + f"— witness.example {b64(bytes(4))}\n"),
        ("checkpoint-101-signatures", "101 signatures, at most 100 are read",
         lambda text: unknown(text) * 100 + REKOR2.line(text)),
        ("checkpoint-line-short", "the checkpoint's signature has less than a key id",
         lambda text: f"— {REKOR2.host} {b64(REKOR2.id[:3])}\n"),
        ("checkpoint-end-missing", "the checkpoint's last line does not end",
         lambda text: REKOR2.line(text)[:-1]),
        ("checkpoint-hyphen", "the checkpoint's line begins with a hyphen instead of a dash",
         lambda text: REKOR2.line(text).replace("—", "-")),
    ]:
        refuse(name, check, entry=note(lines=lines))
    refuse("checkpoint-blank-line-missing",
           "no blank line parts text and signatures of the checkpoint",
           edit=put("proof.checkpoint.envelope", lambda old: old.replace("\n\n", "\n")))
    refuse("checkpoint-carriage-return",
           "the signed text of the checkpoint has a control character",
           entry=note(lambda size, root: REKOR2.text(size, root, "extension\r")))
    refuse("checkpoint-control-character",
           "the signed text of the checkpoint has a control character",
           entry=note(lambda size, root: REKOR2.text(size, root, "extension\1")))
    refuse("checkpoint-of-other-name", "the log's key signed the checkpoint of another name",
           entry=note(lambda size, root: f"log.example\n{size}\n{b64(root)}\n",
                      lambda text: REKOR2.line(text, name="log.example")))
    refuse("checkpoint-signature-wrong-v1", "the checkpoint's signature has a wrong bit", log="v1",
           entry=note(lines=lambda text: REKOR1.line(text, change=flip), log=REKOR1))
    refuse("checkpoint-key-id-wrong-v1", "the key id of the checkpoint's line is not the log's",
           log="v1", entry=note(lines=lambda text: REKOR1.line(text, key_id=b"\1\2\3\4"),
                                log=REKOR1))
    refuse("checkpoint-of-other-trusted-log",
           "the checkpoint is of another trusted log than the entry", entry=note(log=OTHER_REKOR2),
           trust=put("tlogs", lambda old: old + [trusted_rekor(OTHER_REKOR2)]))


def proofs():
    old = REKOR2.entry(b"", index=5, size=9)["inclusionProof"]
    for name, check, edit in [
        ("proof-bit-flipped", "a hash of the proof has a wrong bit",
         put("proof.hashes.1", lambda old: b64(flip(unb64(old))))),
        ("proof-hash-missing", "the proof has a hash too few",
         put("proof.hashes", lambda old: old[:-1])),
        ("proof-hash-added", "the proof has a hash too many",
         put("proof.hashes", lambda old: old + old[:1])),
        ("proof-hashes-swapped", "the proof's hashes are in another order",
         put("proof.hashes", lambda old: [old[1], old[0], *old[2:]])),
        ("proof-hash-short", "a hash of the proof has 31 bytes",
         put("proof.hashes.0", lambda old: b64(unb64(old)[:31]))),
        ("proof-root-other", "the proof's root hash is not the checkpoint's",
         put("proof.rootHash", lambda old: b64(flip(unb64(old))))),
        ("tree-size-other", "the proof's tree size is not the checkpoint's",
         put("proof.treeSize", "12")),
        ("tree-size-zero", "the proof is for an empty tree", put("proof.treeSize", "0")),
        ("proof-index-other", "the proof is for another index", put("proof.logIndex", "4")),
        ("proof-index-beyond-size", "the proof's index is not below the tree's size",
         put("proof.logIndex", "11")),
        ("proof-of-smaller-tree", "checkpoint, size and root are of an older tree than the hashes",
         edits(
            put("proof.checkpoint", old["checkpoint"]), put("proof.rootHash", old["rootHash"]),
            put("proof.treeSize", old["treeSize"]))),
    ]:
        refuse(name, check, edit=edit)
    refuse("proof-bit-flipped-v1", "a hash of the proof has a wrong bit", log="v1",
           edit=put("proof.hashes.1", lambda old: b64(flip(unb64(old)))))
    refuse("proof-bit-flipped-v0.1",
           "v0.1 needs no proof, but one with a checkpoint has to be right", log="v1",
           version="0.1", edit=put("proof.hashes.1", lambda old: b64(flip(unb64(old)))))
    refuse("proof-global-index-v1",
           "the proof repeats the global index instead of the one in the tree", log="v1",
           edit=put("proof.logIndex", "5000005"))
    refuse("body-not-in-tree", "another body than this one is in the tree",
           entry={"logged": b"another body"})


def bodies():
    refuse("body-not-json", "the entry's body is not JSON", body=lambda _: b"not JSON")
    refuse("kind-other-than-body", "the entry says dsse, its body hashedrekord",
           edit=put("entry.kindVersion.kind", "dsse"))
    refuse("version-other-than-body", "the entry says 0.0.1, its body 0.0.2",
           edit=put("entry.kindVersion.version", "0.0.1"))
    key_path, record = "spec.signature.publicKey.content", "spec.hashedRekordV002"
    verifier_path = f"{record}.signature.verifier"
    for name, check, change in [
        ("two-certificates", "two PEM blocks for the signer", lambda old: b64(unb64(old) * 2)),
        ("label-unknown", "a PEM block that is neither a certificate nor a key",
         lambda old: b64(unb64(old).replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"))),
    ]:
        refuse(f"entry-v1-{name}", f"the entry has {check}", log="v1", body=put(key_path, change))
    for name, check, change in [
        ("certificate-and-key", "both a certificate and a key",
         put(f"{verifier_path}.publicKey", {"rawBytes": b64(LEAF_KEY.spki)})),
        ("key-details-missing", "no key algorithm", drop(f"{verifier_path}.keyDetails")),
        ("hash-missing", "no hash algorithm", drop(f"{record}.data.algorithm")),
        ("digest-short", "a digest of 31 bytes",
         put(f"{record}.data.digest", lambda old: b64(unb64(old)[:31]))),
        ("signature-missing", "no signature", drop(f"{record}.signature.content")),
    ]:
        refuse(f"entry-v2-{name}", f"the entry has {check}", body=change)
    refuse("kind-only-in-bundle", "the entry says hashedrekord, its body rfc3161 in the same form",
           body=put("kind", "rfc3161"), edit=put("entry.kindVersion.kind", "hashedrekord"))
    refuse("version-only-in-bundle", "the entry says 0.0.2, its body 0.0.9 in the same form",
           body=put("apiVersion", "0.0.9"), edit=put("entry.kindVersion.version", "0.0.2"))
    refuse("kind-unknown", "entries of kind rfc3161 say nothing about artifacts",
           body=put("kind", "rfc3161"))
    refuse("version-unknown", "there is no version 0.0.9 of hashedrekord",
           body=put("apiVersion", "0.0.9"))


def logs():
    untrusted("log-unknown", "the entry is of a log that is not trusted", rekor=OTHER_REKOR2)
    untrusted("log-unknown-v1", "the entry is of a log that is not trusted", log="v1",
              edit=put("entry.logId.keyId", b64(bytes(32))))
    untrusted("log-none-trusted", "the trusted root has no transparency log",
              trust=put("tlogs", []))
    untrusted("log-key-ended", "the log's key ended before the signature was made",
              trust=put("tlogs.1", trusted_rekor(REKOR2, end=after(-60))))
    untrusted("log-key-ended-v1", "the integrated time is after the end of the log's key", log="v1",
              trust=put("tlogs.0", trusted_rekor(REKOR1, end=after(9))))
    untrusted("log-key-not-started-v1", "the integrated time is before the start of the log's key",
              log="v1", trust=put("tlogs.0", trusted_rekor(REKOR1, start=after(11))))
    untrusted("log-key-ended-before-timestamp",
              "an integrated time that nothing promises is in the log's time, the timestamp is not",
              edit=put("entry.integratedTime", str(unix(after(3)))),
              trust=put("tlogs.1", trusted_rekor(REKOR2, end=after(4))))
    untrusted("log-hash-other", "the log's hash is not SHA-256",
              trust=put("tlogs.1.hashAlgorithm", "SHA2_512"))
    untrusted("entries-none", "there is no log entry", edit=put("material.tlogEntries", []))
    refuse("entry-twice", "the same entry of the same log twice",
           edit=put("material.tlogEntries", lambda old: old * 2))


def promises():
    path = "entry.inclusionPromise.signedEntryTimestamp"
    wrong = put(path, lambda old: b64(flip(unb64(old))))
    refuse("set-wrong", "the signed entry timestamp has a wrong bit", log="v1", edit=wrong)
    refuse("set-wrong-v0.1", "the signed entry timestamp has a wrong bit", log="v1", version="0.1",
           edit=wrong)
    refuse("set-wrong-without-proof",
           "the signed entry timestamp has a wrong bit, and v0.1 has no proof here", log="v1",
           version="0.1", edit=edits(wrong, drop("proof")))
    refuse("set-wrong-dsse", "the signed entry timestamp of an attestation has a wrong bit",
           log="v1", payload=statement(), edit=wrong)
    refuse("set-by-other-key", "another key than the log's signed the entry timestamp", log="v1",
           edit=put(path, b64(OTHER_KEY.sign(b"entry"))))
    refuse("set-key-bundle", "the signed entry timestamp has a wrong bit, and a key needs no time",
           log="v1", managed=True, tokens=[], public_key=LEAF_KEY, edit=wrong)
    refuse("integrated-time-altered", "the integrated time is not the promised one", log="v1",
           entry={"signed_integrated": after(11)})
    refuse("log-index-altered-v1", "the global index is not the promised one", log="v1",
           edit=put("entry.logIndex", "5000006"))
    refuse("set-of-other-entry", "the signed entry timestamp is of another entry", log="v1",
           edit=put(
        path,
               make(log="v1",
                    key=OTHER_KEY)["verificationMaterial"]["tlogEntries"][0]["inclusionPromise"][
            "signedEntryTimestamp"]))
    far = RekorV1(REKOR1.key)
    far.first_index = 1 << 53
    refuse("log-index-beyond-exact-v1", "a promise over an index that JCS cannot write exactly",
           rekor=far, log="v1")
    refuse("integrated-time-unpromised-after-certificate",
           "an integrated time that nothing promises is after the certificate", log="v1",
           entry={"promised": False, "integrated": after(minutes=11)})
