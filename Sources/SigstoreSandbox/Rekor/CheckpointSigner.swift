import SigningCrypto

/// Signs the head of a tree as a note (C2SP signed-note and tlog-checkpoint).
struct CheckpointSigner {
    let key: PrivateKey
    /// The first line of the checkpoint.
    let origin: String
    /// The name on the signature line.
    let name: String
    /// What the first four bytes of are before each signature.
    let keyID: [UInt8]

    /// Rekor v1: an ECDSA key, known by the SHA-256 of its SubjectPublicKeyInfo.
    init(rekorV1 key: PrivateKey, host: String, treeID: UInt64) {
        self.key = key
        name = host
        origin = "\(host) - \(treeID)"
        keyID = Digest(of: key.publicKey.subjectPublicKeyInfo).bytes
    }

    /// Rekor v2: an Ed25519 key, known by `SHA-256(name || LF || 0x01 || key)`.
    init(rekorV2 key: PrivateKey, host: String) {
        self.key = key
        name = host
        origin = host
        // RFC 8410 §4: the last 32 bytes of a SubjectPublicKeyInfo are the key.
        let raw = key.publicKey.subjectPublicKeyInfo.suffix(32)
        keyID = Digest(of: Array(host.utf8) + [0x0A, 0x01] + raw).bytes
    }

    /// The head of the tree when it had that many entries.
    func checkpoint(of tree: MerkleTree, at size: Int) throws -> String {
        let text = "\(origin)\n\(size)\n\(tree.root(at: size).base64)\n"
        let signature = try key.sign(
            message: Array(text.utf8), scheme: key.publicKey.defaultScheme)
        return "\(text)\n\u{2014} \(name) \((Array(keyID.prefix(4)) + signature).base64)\n"
    }
}
