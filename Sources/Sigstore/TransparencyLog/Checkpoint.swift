import SigningCrypto

/// The size and the root hash of a log's tree at one moment, signed by the log.
///
/// Source: C2SP, `tlog-checkpoint.md`.
package struct Checkpoint: Equatable, Sendable {
    package let origin: String
    package let treeSize: Int64
    package let rootHash: [UInt8]
    package let note: SignedNote

    package init(_ envelope: String) throws(LogError) {
        note = try SignedNote(envelope)
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, !lines[0].isEmpty else {
            throw .checkpoint("it needs an origin, a size and a root hash, a line each")
        }
        guard lines[1].allSatisfy(\.isASCIIDigit), let size = Int64(lines[1]) else {
            throw .checkpoint("its size is '\(lines[1])'")
        }
        guard let root = [UInt8](base64: String(lines[2])), root.count == 32 else {
            throw .checkpoint("its root hash is '\(lines[2])'")
        }
        origin = String(lines[0])
        treeSize = size
        rootHash = root
    }
}

extension Checkpoint {
    /// Checks that the log has signed; signatures of others (witnesses) are not asked about.
    ///
    /// A line with the log's key ID that does not verify is an error even beside one that does. A
    /// line of its name with another key ID is another key's.
    package func verify(log: TrustedRoot.Log) throws(LogError) {
        let lines = note.signatures.filter { log.isNamed($0.name, keyID: $0.keyID) }
        guard let line = lines.first else { throw .checkpointUnsigned(log: log.baseURL) }
        let text = Array(note.text.utf8)
        guard lines.allSatisfy({ log.key.isValid($0.bytes, ofMessage: text, scheme: log.scheme) })
        else { throw .checkpointSignature(log: log.baseURL) }
        guard origin == line.name || isOfRekorV1(line.name) else {
            throw .checkpoint("its origin is '\(origin)', it is signed by '\(line.name)'")
        }
    }

    /// Rekor v1 adds the number of its tree to the origin: `rekor.sigstore.dev - 1193050959916656506`.
    private func isOfRekorV1(_ name: String) -> Bool {
        guard origin.hasPrefix("\(name) - ") else { return false }
        let tree = origin.dropFirst(name.count + 3)
        return !tree.isEmpty && tree.allSatisfy(\.isASCIIDigit)
    }
}

extension TrustedRoot.Log {
    /// Whether a signature line of that name and key ID is this log's.
    ///
    /// A Rekor v2 log signs as the host of its URL. For the ECDSA keys of Rekor v1 the name is the
    /// operator's choice, and the key ID tells the key whatever the name.
    fileprivate func isNamed(_ name: String, keyID: [UInt8]) -> Bool {
        guard keyID == noteKeyID(name: name) else { return false }
        if case .ecdsa = key.kind { return true }
        return hostNames.contains(name)
    }

    /// The host of the URL; also with its port, and with its path.
    private var hostNames: [String] {
        var rest = baseURL[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        while rest.last == "/" { rest.removeLast() }
        let authority = rest.prefix { $0 != "/" }
        let host = authority.last == "]" ? authority : authority.prefix { $0 != ":" }
        return [String(host), String(authority), String(rest)]
    }

    /// The 4 bytes by which a signature line names its key.
    ///
    /// C2SP signed-note: Ed25519 keys by name, type and key. Rekor's ECDSA keys by their
    /// SubjectPublicKeyInfo alone, RSA keys by name, type 0xFF, a label and theirs.
    private func noteKeyID(name: String) -> [UInt8] {
        if let checkpointKeyID { return Array(checkpointKeyID.prefix(4)) }
        let information = key.subjectPublicKeyInfo
        let hashed: [UInt8] =
            switch key.kind {
            case .ed25519: Array("\(name)\n\u{01}".utf8) + information.suffix(32)
            case .ecdsa: information
            case .rsa:
                Array("\(name)\n".utf8) + [0xFF] + Array("PKIX-RSA-PKCS#1v1.5".utf8) + information
            }
        return Array(Digest(of: hashed).bytes.prefix(4))
    }
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
