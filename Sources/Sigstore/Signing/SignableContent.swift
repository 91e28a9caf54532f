import HTTP
package import SigningCrypto

/// What is to be signed.
package enum SignableContent: Sendable {
    /// An artifact, with what `ArtifactNeed(signingWith:)` asks for.
    case artifact(Artifact)
    /// An in-toto statement, byte for byte.
    case statement([UInt8], Statement)
}

extension ArtifactNeed {
    /// What it takes to sign an artifact with a key of that kind.
    package init(signingWith key: KeyKind) {
        self.init(
            algorithms: [key.defaultScheme.hash ?? .sha256],
            isMessageNeeded: key.defaultScheme.hash == nil)
    }
}

extension SignableContent {
    /// What a key signs.
    /// - Parameter key: The key that will; nil for one that makes the default signature.
    /// - Throws: `SigningError` when the key cannot sign that.
    func input(for key: PublicKey?) throws(SigningError) -> SigningInput {
        let scheme = (key?.kind ?? .ecdsa(.p256)).defaultScheme
        switch self {
        case .statement(let payload, _):
            let type = Statement.payloadType
            guard let hash = scheme.hash else {
                return .message(Envelope.preAuthenticationEncoding(type: type, body: payload))
            }
            return .digest(Envelope.digest(type: type, body: payload, using: hash))
        case .artifact(let artifact):
            if let hash = scheme.hash, let digest = artifact.digest(hash) { return .digest(digest) }
            if scheme.hash == nil, let message = artifact.message { return .message(message) }
            let found = scheme.hash == nil ? "a digest instead of a file" : "no digest"
            throw SigningError(
                .signature, .permanent, className: "signature",
                "\(CryptoError.unsupported("signature", found: "\(found) for \(scheme)"))")
        }
    }

    /// The bundle's part that a signature is in.
    func signed(_ signature: [UInt8], by key: PublicKey) -> Bundle.Content {
        switch self {
        case .statement(let payload, _):
            .envelope(
                Envelope(
                    payload: payload, payloadType: Statement.payloadType, signature: signature))
        case .artifact(let artifact):
            .message(
                signature: signature,
                digest: artifact.digest(key.kind.defaultScheme.hash ?? .sha256))
        }
    }

    /// What a verifier of the bundle is given.
    package var artifact: Artifact {
        switch self {
        case .artifact(let artifact): artifact
        case .statement(_, let statement): Artifact(digests: statement.subjects.flatMap(\.digests))
        }
    }
}

extension Bundle.Content {
    /// What a log is told of it; nil where it is no signature over a digest that a log could check.
    var proposal: ProposedEntry.Content? {
        switch self {
        case .envelope(let envelope): .envelope(envelope)
        case .message(let signature, let digest?): .digest(digest, signature: signature)
        case .message(_, nil): nil
        }
    }
}
