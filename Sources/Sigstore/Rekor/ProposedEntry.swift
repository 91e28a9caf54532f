package import SigningCrypto

/// What is to be logged: one signature, and whose it is.
///
/// All bytes follow from what is given here, before the first attempt: a log knows the same bytes again,
/// so that however often they are sent they are one entry.
package struct ProposedEntry: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// A signature over an artifact, of which the log sees the digest.
        case digest(Digest, signature: [UInt8])
        case envelope(Envelope)
    }

    package enum Signer: Equatable, Sendable {
        case certificate(Certificate)
        case key(PublicKey)
    }

    /// What one version of the log is sent, and what it will store.
    package struct Form: Equatable, Sendable {
        package let kind: LogEntry.Kind
        /// The body of the request.
        package let request: [UInt8]
        /// The canonical body that the log stores.
        package let body: [UInt8]
        /// The same, as it is read.
        let entry: EntryBody

        /// The entry's place in the log's tree, known before it is there.
        package var leafHash: [UInt8] { MerkleTree.leafHash(body) }
    }

    private let content: Content
    private let signer: Signer
    private let scheme: SignatureScheme

    /// - Parameter scheme: How the signature was made; the key's default if nil.
    package init(_ content: Content, signer: Signer, scheme: SignatureScheme? = nil) {
        self.content = content
        self.signer = signer
        self.scheme = scheme ?? signer.key.defaultScheme
    }

    /// For Rekor v1; nil where it takes no signature of that key and scheme.
    package var v1: Form? { .rekorV1(content, signer, scheme) }
    /// For Rekor v2; nil where it takes no signature of that key and scheme.
    package var v2: Form? { .rekorV2(content, signer, scheme) }
}

extension ProposedEntry.Signer {
    var key: PublicKey {
        switch self {
        case .certificate(let certificate): certificate.publicKey
        case .key(let key): key
        }
    }

    var pem: String {
        switch self {
        case .certificate(let certificate): certificate.pem
        case .key(let key): key.pem
        }
    }

    var verifier: EntryVerifier {
        switch self {
        case .certificate(let certificate): .certificate(certificate.der)
        case .key(let key): .publicKey(key.subjectPublicKeyInfo)
        }
    }
}

extension ProposedEntry.Form {
    /// Whether the log has stored what was proposed.
    ///
    /// By its meaning, not its bytes: logs may write a certificate's PEM in another way.
    package func check(_ stored: LogEntry) throws(LogError) {
        guard stored.kind == kind, try EntryBody(stored.canonicalizedBody, kind: kind) == entry
        else {
            throw .body("it is another entry than the one sent")
        }
    }
}
