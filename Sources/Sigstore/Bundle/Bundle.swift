package import SigningCrypto

/// What a signer hands out beside an artifact: the signature, who made it, and when.
///
/// Source: sigstore/protobuf-specs, `sigstore_bundle.proto`, versions 0.1 to 0.3.
package struct Bundle: Equatable, Sendable {
    package enum Version: String, Sendable, CaseIterable {
        case v01 = "0.1"
        case v02 = "0.2"
        case v03 = "0.3"
    }

    /// Who signed: a certificate, or a key that the verifier must have.
    package enum Signer: Equatable, Sendable {
        /// The leaf first; intermediate certificates only in bundles before 0.3.
        case certificates(leaf: Certificate, others: [Certificate])
        /// Free text; most signers write the base64 of the SHA-256 of the SubjectPublicKeyInfo.
        case publicKey(hint: String)
    }

    package enum Content: Equatable, Sendable {
        /// `digest` is a hint that nobody has signed.
        case message(signature: [UInt8], digest: Digest?)
        case envelope(Envelope)

        /// The bytes of the one signature.
        package var signature: [UInt8] {
            switch self {
            case .message(let signature, _): signature
            case .envelope(let envelope): envelope.signature
            }
        }
    }

    package let version: Version
    package let signer: Signer
    package let entries: [LogEntry]
    /// RFC 3161 responses in DER.
    package let timestamps: [[UInt8]]
    package let content: Content
    /// Whether it was no bundle, but a signature by itself: its entry may have to be looked for.
    package let isDetached: Bool

    package init(
        version: Version = .v03, signer: Signer, entries: [LogEntry], timestamps: [[UInt8]],
        content: Content, isDetached: Bool = false
    ) {
        self.version = version
        self.signer = signer
        self.entries = entries
        self.timestamps = timestamps
        self.content = content
        self.isDetached = isDetached
    }

    /// The same with another entry of a log.
    package func adding(_ entry: LogEntry) -> Bundle {
        Bundle(
            signer: signer, entries: entries + [entry], timestamps: timestamps, content: content)
    }

    /// The leaf certificate of a bundle that has one.
    package var certificate: Certificate? {
        guard case .certificates(let leaf, _) = signer else { return nil }
        return leaf
    }
}

/// Bounds that no honest bundle comes near.
package enum BundleLimit {
    /// Bytes of a file.
    package static let size = 16 << 20
    static let entries = 32
    static let timestamps = 32
    static let certificates = 16
    static let signatures = 16
    static let proofHashes = 64
}
