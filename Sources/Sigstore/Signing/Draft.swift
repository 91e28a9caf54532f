import RetryEngine
import SigningCrypto

/// What a bundle will be made of, as far as it is there.
struct Draft<Instant> {
    let content: Bundle.Content
    let certificate: CurrentCertificate<Instant>?
    let timestamps: [[UInt8]]

    /// The bytes that a log is sent, always the same for the same draft.
    func proposal(key: PublicKey) -> ProposedEntry? {
        content.proposal.map {
            ProposedEntry(
                $0, signer: certificate.map { .certificate($0.issued.leaf) } ?? .key(key))
        }
    }

    func bundle(key: PublicKey, entries: [LogEntry]) -> Bundle {
        Bundle(
            signer: certificate.map { .certificates(leaf: $0.issued.leaf, others: []) }
                ?? .publicKey(hint: key.hint),
            entries: entries, timestamps: timestamps, content: content)
    }
}

extension PublicKey {
    /// How bundles name a key: the base64 of the SHA-256 of its SubjectPublicKeyInfo.
    var hint: String { Digest(of: subjectPublicKeyInfo).bytes.base64 }
}
