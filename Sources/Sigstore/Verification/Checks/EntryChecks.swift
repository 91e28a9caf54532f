import SigningCrypto

extension Verifier {
    /// Step 8: each entry that a trusted log has shown is of this signer, this signature and this content.
    func checkEntries(
        _ entries: [LoggedEntry], of bundle: Bundle, signed: SignedContent, key: PublicKey
    ) throws(VerificationFailure) {
        let verifier: EntryVerifier =
            bundle.certificate.map { .certificate($0.der) } ?? .publicKey(key.subjectPublicKeyInfo)
        for entry in entries {
            switch (entry.body, bundle.content) {
            case (.envelope(let hash, let signatures), .envelope(let envelope)):
                try check(hash, signatures, envelope, verifier)
            case (.hashedRecord(let record), .message):
                try check(record, signed, bundle, verifier)
            // Rekor v2 has no kind of its own for envelopes: it stores what is signed of them.
            case (.hashedRecord(let record), .envelope) where entry.record.kind.version == "0.0.2":
                try check(record, signed, bundle, verifier)
            case (_, .envelope):
                throw .entryKind(
                    expected: "dsse 0.0.1, intoto 0.0.2 or hashedrekord 0.0.2",
                    found: "\(entry.record.kind)")
            case (_, .message):
                throw .entryKind(expected: "hashedrekord", found: "\(entry.record.kind)")
            }
        }
    }

    private func check(
        _ record: EntryBody.HashedRecord, _ signed: SignedContent, _ bundle: Bundle,
        _ verifier: EntryVerifier
    ) throws(VerificationFailure) {
        guard record.digest == signed.digest else {
            throw .entryDigest(
                expected: signed.digest?.label ?? "none", found: record.digest.label)
        }
        let signature = bundle.content.signature
        guard record.signature == signature else {
            throw .entrySignature(expected: signature.hex, found: [record.signature.hex])
        }
        if let scheme = record.scheme, scheme != signed.scheme {
            throw .entryScheme(expected: signed.scheme, found: scheme)
        }
        guard record.verifier == verifier else { throw .entryVerifier(expected: verifier.label) }
    }

    private func check(
        _ payloadHash: Digest, _ signatures: [EntryBody.EnvelopeSignature], _ envelope: Envelope,
        _ verifier: EntryVerifier
    ) throws(VerificationFailure) {
        let digest = Digest(of: envelope.payload, using: payloadHash.algorithm)
        guard payloadHash == digest else {
            throw .entryDigest(expected: digest.label, found: payloadHash.label)
        }
        guard signatures.map(\.bytes) == [envelope.signature] else {
            throw .entrySignature(
                expected: envelope.signature.hex, found: signatures.map(\.bytes.hex))
        }
        guard signatures.map(\.verifier) == [verifier] else {
            throw .entryVerifier(expected: verifier.label)
        }
    }
}

extension EntryVerifier {
    fileprivate var label: String {
        switch self {
        case .certificate(let der): "certificate \(Digest(of: der).label)"
        case .publicKey(let information): "public key \(Digest(of: information).label)"
        }
    }
}
