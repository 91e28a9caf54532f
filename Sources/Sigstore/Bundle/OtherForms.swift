import JSON
package import SigningCrypto

/// Forms that hold what a bundle holds, and are read as one.
extension Bundle {
    /// Reads one bundle in any form.
    init(anyForm node: JSONNode) throws {
        let names = Set(try node.members.map(\.name))
        if names.contains("base64Signature") || names.contains("rekorBundle") {
            try self.init(cosign: node)
        } else if names.isSuperset(of: ["verification_material", "envelope"]) {
            try self.init(pypi: node)
        } else if names.isSuperset(of: ["payload", "signatures"]) {
            try self.init(envelope: node)
        } else if let kind = FileKind(members: node) {
            throw BundleError.other(kind)
        } else {
            try self.init(node)
        }
    }

    /// What cosign wrote with `--bundle` before version 3.
    ///
    /// The certificate, or the key, is PEM, mostly in base64 once more; the signature is that of a blob,
    /// or a whole envelope.
    ///
    /// Source: sigstore/cosign 2, `pkg/cosign/fetch.go`, `LocalSignedPayload`.
    private init(cosign node: JSONNode) throws {
        let entries = try node.optional("rekorBundle").map { [try LogEntry(cosign: $0)] } ?? []
        let signature = try node.requiredBytes("base64Signature")
        let signer: Signer
        if let text = try node.optional("cert")?.string {
            signer = try Signer(pem: text)
        } else {
            signer = .publicKey(hint: "")
        }
        let content: Content =
            if let envelope = try? Envelope(JSONNode(parsing: signature)) {
                .envelope(envelope)
            } else {
                .message(signature: signature, digest: nil)
            }
        self.init(
            version: .v01, signer: signer, entries: entries, timestamps: [], content: content,
            isDetached: true)
    }

    /// An attestation of PyPI: PEP 740, "Attestation objects".
    private init(pypi node: JSONNode) throws {
        let version = try node.required("version")
        guard try version.integer == 1 else { throw version.unexpected("1") }
        let material = try node.required("verification_material")
        let envelope = try node.required("envelope")
        let entries = try material.list("transparency_entries", limit: BundleLimit.entries)
            .map(LogEntry.init)
        for entry in entries { try entry.check(version: .v03) }
        self.init(
            signer: .certificates(
                leaf: try Certificate(der: material.requiredBytes("certificate")), others: []),
            entries: entries, timestamps: [],
            content: .envelope(
                Envelope(
                    payload: try envelope.requiredBytes("statement"),
                    payloadType: Statement.payloadType,
                    signature: try envelope.requiredBytes("signature"))))
    }

    /// A DSSE envelope by itself, with its certificate in `cert`, as SLSA's generators write it, or
    /// without, for who has the key.
    private init(envelope node: JSONNode) throws {
        let certificates = try node.list("signatures", limit: BundleLimit.signatures)
            .first?.optional("cert")?.string
        self.init(
            signer: try certificates.map { try Signer(pem: $0) } ?? .publicKey(hint: ""),
            entries: [], timestamps: [], content: .envelope(try Envelope(node)), isDetached: true)
    }
}

extension Bundle.Signer {
    /// Reads PEM, also in base64 once more: certificates, the leaf first, or one public key. Roots are
    /// ignored.
    package init(pem text: String) throws(CryptoError) {
        var text = text
        if let decoded = [UInt8](base64: text.filter { !$0.isWhitespace }) {
            text = String(decoding: decoded, as: UTF8.self)
        }
        if text.contains("-----BEGIN PUBLIC KEY-----") {
            _ = try PublicKey(pem: text)
            self = .publicKey(hint: "")
            return
        }
        let certificates = try Certificate.certificates(inPEM: text)
        guard let leaf = certificates.first else {
            throw .malformed("certificate", reason: "there is no PEM block")
        }
        self = .certificates(
            leaf: leaf, others: certificates.dropFirst().filter { !$0.isSelfIssued })
    }
}

extension LogEntry {
    /// The entry in a bundle of cosign's: what the log's promise is over, and the promise.
    init(cosign node: JSONNode) throws {
        let payload = try node.required("Payload")
        let body = try payload.requiredBytes("body")
        let stored = try JSONNode(parsing: body)
        let logID = try payload.required("logID")
        guard let identifier = [UInt8](hex: try logID.string) else {
            throw logID.unexpected("hexadecimal")
        }
        self.init(
            index: try payload.count("logIndex"), logID: identifier,
            kind: Kind(
                name: try stored.required("kind").string,
                version: try stored.required("apiVersion").string),
            integratedTime: try payload.count("integratedTime"),
            signedEntryTimestamp: try node.requiredBytes("SignedEntryTimestamp"),
            inclusionProof: nil, canonicalizedBody: body)
    }
}
