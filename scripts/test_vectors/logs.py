"""Transparency logs: Merkle trees, checkpoints, entries of Rekor v1 and v2."""

import struct

from .encoding import after, b64, canonical, digest, unix

INTEGRATED = after(10)


def leaf_hash(data):
    return digest(b"\x00" + data)


def root_hash(hashes):
    """RFC 6962 §2.1."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return digest(b"\x01" + root_hash(hashes[:split]) + root_hash(hashes[split:]))


def audit_path(index, hashes):
    """RFC 6962 §2.1.1."""
    if len(hashes) == 1:
        return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if index < split:
        return audit_path(index, hashes[:split]) + [root_hash(hashes[split:])]
    return audit_path(index - split, hashes[split:]) + [root_hash(hashes[:split])]


class Log:
    """What both versions share: a tree with other entries around the one of interest."""

    def __init__(self, key, host, origin, first_index=0):
        self.key, self.host, self.origin, self.first_index = key, host, origin, first_index

    def line(self, text, *, name=None, key_id=None, key=None, change=lambda signature: signature):
        """A signature line over the text of a note."""
        name = name or self.host
        signature = change((key or self.key).sign(text.encode()))
        key_id = key_id or self.key_id(name)[:4]
        return f"— {name} {b64(key_id + signature)}\n"

    def text(self, size, root, *more):
        return "\n".join([self.origin, str(size), b64(root), *more, ""])

    def checkpoint(self, size, root):
        text = self.text(size, root)
        return f"{text}\n{self.line(text)}"

    def entry(self, body, *, index=5, size=11, checkpoint=None, logged=None, **choices):
        """The entry `body` in bundle form; `logged` overrides the bytes that lie in the tree."""
        data = body if isinstance(body, bytes) else canonical(body)
        kind = {} if isinstance(body, bytes) else body
        hashes = [leaf_hash(f"{self.host} {number}".encode()) for number in range(size)]
        hashes[index] = leaf_hash(logged or data)
        root = root_hash(hashes)
        note = (checkpoint or self.checkpoint)(size, root)
        entry = {
            "logIndex": str(self.first_index + index),
            "logId": {"keyId": b64(self.id)},
            "kindVersion": {"kind": kind.get("kind", self.usual[0]),
                            "version": kind.get("apiVersion", self.usual[1])},
            "inclusionProof": {
                "logIndex": str(index), "rootHash": b64(root), "treeSize": str(size),
                "hashes": [b64(each) for each in audit_path(index, hashes)],
                "checkpoint": {"envelope": note}},
            "canonicalizedBody": b64(data)}
        self.promise(entry, **choices)
        return entry


class RekorV1(Log):
    usual = ("hashedrekord", "0.0.1")

    def __init__(self, key, host="rekor.example"):
        super().__init__(key, host, f"{host} - 1193050959916656506", first_index=5_000_000)
        self.id = digest(key.spki)

    def key_id(self, name):
        return self.id

    def promise(self, entry, *, integrated=INTEGRATED, signed_integrated=None, promised=True):
        """The signed entry timestamp; `signed_integrated` differs from the time written."""
        entry["integratedTime"] = str(unix(integrated))
        if promised:
            signed = canonical({
                "body": entry["canonicalizedBody"],
                "integratedTime": unix(signed_integrated or integrated),
                "logID": self.id.hex(), "logIndex": int(entry["logIndex"])})
            entry["inclusionPromise"] = {"signedEntryTimestamp": b64(self.key.sign(signed))}


class RekorV2(Log):
    usual = ("hashedrekord", "0.0.2")

    def __init__(self, key, host="log2026-1.rekor.example"):
        super().__init__(key, host, host)
        self.id = self.key_id(host)

    def key_id(self, name):
        return digest(name.encode() + b"\n\x01" + self.key.raw)

    def promise(self, entry):
        """There is none in this version."""


def cosignature(key, name, text, time):
    """A witness's line: C2SP tlog-cosignature."""
    seconds = unix(time)
    signature = key.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
    key_id = digest(name.encode() + b"\n\x04" + key.raw)[:4]
    return f"— {name} {b64(key_id + struct.pack('>Q', seconds) + signature)}\n"
