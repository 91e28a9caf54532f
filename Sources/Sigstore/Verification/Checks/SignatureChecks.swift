import Patterns
import SigningCrypto

/// What the signature has turned out to be over.
struct SignedContent {
    /// The digest of the artifact, or of an envelope's pre-authentication encoding; nil for a
    /// signature over the bytes themselves.
    let digest: Digest?
    let scheme: SignatureScheme
    let statement: Statement?
}

extension Verifier {
    /// Step 7.
    func checkSignature(
        of bundle: Bundle, key: PublicKey, _ artifact: Artifact, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> SignedContent {
        switch bundle.content {
        case .message(let signature, let hint):
            let (digest, scheme) = try checkMessage(signature, hint, key, artifact)
            return SignedContent(digest: digest, scheme: scheme, statement: nil)
        case .envelope(let envelope):
            let (digest, scheme) = try checkEnvelope(envelope, key)
            let statement = try checkStatement(envelope, artifact, policy)
            return SignedContent(digest: digest, scheme: scheme, statement: statement)
        }
    }

    private func checkMessage(
        _ signature: [UInt8], _ hint: Digest?, _ key: PublicKey, _ artifact: Artifact
    ) throws(VerificationFailure) -> (Digest?, SignatureScheme) {
        if let hint {
            // A hint that goes unchecked would make a lone digest and the file differ in verdict.
            guard let digest = artifact.digest(hint.algorithm) else {
                throw missing(hint.algorithm, of: artifact)
            }
            guard digest == hint else {
                throw .digestHint(artifact: digest.label, bundle: hint.label)
            }
        }
        if key.kind == .ed25519 {
            guard let message = artifact.message else { throw .messageMissing }
            guard key.isValid(signature, ofMessage: message, scheme: .ed25519) else {
                throw .signature(key: "\(key.kind) key")
            }
            return (nil, .ed25519)
        }
        let schemes = key.kind.acceptedSchemes
        var isDigestMissing = true
        for scheme in schemes {
            guard let hash = scheme.hash, let digest = artifact.digest(hash) else { continue }
            isDigestMissing = false
            if key.isValid(signature, of: digest, scheme: scheme) { return (digest, scheme) }
        }
        if let first = schemes.first?.hash,
            isDigestMissing || (hint == nil && artifact.digest(first) == nil)
        {
            throw missing(first, of: artifact)
        }
        throw .signature(key: "\(key.kind) key")
    }

    private func missing(
        _ algorithm: HashAlgorithm, of artifact: Artifact
    ) -> VerificationFailure {
        .digestMissing(
            needed: algorithm.rawValue,
            given: artifact.all.map(\.algorithm.rawValue).joined(separator: ", "))
    }

    private func checkEnvelope(
        _ envelope: Envelope, _ key: PublicKey
    ) throws(VerificationFailure) -> (Digest?, SignatureScheme) {
        for scheme in key.kind.acceptedSchemes {
            guard let hash = scheme.hash else {
                let message = envelope.preAuthenticationEncoding
                if key.isValid(envelope.signature, ofMessage: message, scheme: scheme) {
                    return (nil, scheme)
                }
                continue
            }
            let digest = envelope.digest(using: hash)
            if key.isValid(envelope.signature, of: digest, scheme: scheme) {
                return (digest, scheme)
            }
        }
        throw .signature(key: "\(key.kind) key")
    }

    private func checkStatement(
        _ envelope: Envelope, _ artifact: Artifact, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> Statement {
        guard envelope.payloadType.utf8.elementsEqual(Statement.payloadType.utf8) else {
            throw .payloadType(expected: Statement.payloadType, found: envelope.payloadType)
        }
        let statement: Statement
        do {
            statement = try Statement(json: envelope.payload)
        } catch {
            throw .statement("\(error)")
        }
        if let expected = policy.predicateType,
            !TextRule.exactly(expected).accepts(statement.predicateType)
        {
            throw .predicateType(expected: expected, found: statement.predicateType)
        }
        let digests = statement.subjects.flatMap(\.digests)
        if policy.checksSubject, !digests.contains(where: artifact.all.contains) {
            throw .subject(
                artifact: artifact.all.map(\.label).joined(separator: ", "),
                subjects: digests.map(\.label))
        }
        return statement
    }
}
