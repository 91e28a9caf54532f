package import SigningCrypto

/// What is to have been signed: known by one digest or several, or byte for byte.
package struct Artifact: Sendable {
    private let digests: [HashAlgorithm: Digest]
    /// The bytes, for keys that sign no digest.
    package let message: [UInt8]?

    package init(digests: [Digest], message: [UInt8]? = nil) {
        self.digests = Dictionary(digests.map { ($0.algorithm, $0) }) { first, _ in first }
        self.message = message
    }

    package func digest(_ algorithm: HashAlgorithm) -> Digest? { digests[algorithm] }
    package var all: [Digest] { HashAlgorithm.allCases.compactMap { digests[$0] } }
}

/// What of an artifact it takes to verify a bundle, so that a file is read once.
package struct ArtifactNeed: Equatable, Sendable {
    package let algorithms: Set<HashAlgorithm>
    /// Ed25519 signs the bytes themselves (RFC 8032 §5.1.6): they must be held in memory.
    package let isMessageNeeded: Bool

    /// Every digest there is.
    package static let allDigests = ArtifactNeed(
        algorithms: Set(HashAlgorithm.allCases), isMessageNeeded: false)

    init(algorithms: Set<HashAlgorithm>, isMessageNeeded: Bool) {
        self.algorithms = algorithms
        self.isMessageNeeded = isMessageNeeded
    }

    /// - Parameter key: The key of `VerificationPolicy`, for a bundle without a certificate.
    package init(of bundle: Bundle, key: PublicKey?) {
        switch bundle.content {
        case .envelope(let envelope):
            let statement = try? Statement(json: envelope.payload)
            let used = statement?.subjects.flatMap { $0.digests.map(\.algorithm) } ?? []
            algorithms = Set(used).union([.sha256])
            isMessageNeeded = false
        case .message(_, let digest):
            let schemes = (bundle.certificate?.publicKey ?? key)?.kind.acceptedSchemes ?? []
            algorithms = Set(schemes.compactMap(\.hash) + [digest?.algorithm ?? .sha256])
            isMessageNeeded = schemes.contains(.ed25519)
        }
    }
}

extension KeyKind {
    /// The schemes that signers use a key with: the default first, then what older ones did.
    var acceptedSchemes: [SignatureScheme] {
        switch self {
        case .ecdsa(.p256), .ed25519: [defaultScheme]
        case .ecdsa(.p384), .ecdsa(.p521): [defaultScheme, .ecdsa(.sha256)]
        case .rsa: [defaultScheme, .rsaPSS(.sha256)]
        }
    }
}
