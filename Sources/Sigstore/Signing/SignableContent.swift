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
    /// The bundle's part that the signature is in.
    /// - Throws: `CryptoError` when the key cannot sign that.
    func signed(by key: PrivateKey) throws(CryptoError) -> Bundle.Content {
        let scheme = key.publicKey.kind.defaultScheme
        switch self {
        case .statement(let payload, _):
            let encoding = Envelope.preAuthenticationEncoding(
                type: Statement.payloadType, body: payload)
            return .envelope(
                Envelope(
                    payload: payload, payloadType: Statement.payloadType,
                    signature: try key.sign(message: encoding, scheme: scheme)))
        case .artifact(let artifact):
            guard let digest = artifact.digest(scheme.hash ?? .sha256) else {
                throw .unsupported("signature", found: "no digest for \(scheme)")
            }
            if scheme.hash != nil {
                return .message(signature: try key.sign(digest, scheme: scheme), digest: digest)
            }
            guard let message = artifact.message else {
                throw .unsupported("signature", found: "a digest instead of a file for \(scheme)")
            }
            return .message(
                signature: try key.sign(message: message, scheme: scheme), digest: digest)
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
