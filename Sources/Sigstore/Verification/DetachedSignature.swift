import FoundationEssentials
import JSON
package import SigningCrypto

extension Bundle {
    /// A signature that came by itself.
    ///
    /// - Parameter content: The signature's bytes or their base64; or an envelope in JSON, or that in
    ///   base64.
    /// - Throws: `BundleError` for what is neither.
    package init(signature content: [UInt8], signer: Signer) throws(BundleError) {
        var bytes = content
        if let text = String(validating: content, as: UTF8.self),
            let decoded = [UInt8](base64: text.filter { !$0.isWhitespace })
        {
            bytes = decoded
        }
        guard !bytes.isEmpty else { throw .other(.empty) }
        let signed: Content
        if let envelope = try? Envelope(JSONNode(parsing: bytes)) {
            signed = .envelope(envelope)
        } else if let kind = FileKind(content), !kind.isSignature {
            throw .otherThanSignature(kind)
        } else {
            signed = .message(signature: bytes, digest: nil)
        }
        self.init(
            signer: signer, entries: [], timestamps: [], content: signed, isDetached: true)
    }

    /// Whether both are of the same signature by the same signer. Of a key nothing is said in a bundle.
    package func isOf(_ other: Bundle) -> Bool {
        content.signature == other.content.signature && certificate == other.certificate
    }
}

extension Verifier {
    /// What a log has stored of a signature, if it has an entry of it.
    ///
    /// - Throws: What is wrong with the signature already.
    package func proposal(
        of bundle: Bundle, artifact: Artifact, policy: VerificationPolicy
    ) throws(VerificationFailure) -> ProposedEntry {
        let key = try signingKey(of: bundle, policy)
        let signed = try checkSignature(of: bundle, key: key, artifact, policy)
        let signer: ProposedEntry.Signer = bundle.certificate.map { .certificate($0) } ?? .key(key)
        switch bundle.content {
        case .envelope(let envelope):
            return ProposedEntry(.envelope(envelope), signer: signer, scheme: signed.scheme)
        case .message(let signature, _):
            // What is not signed by way of a digest has no entry in such a log.
            let digest = signed.digest ?? Digest(of: [])
            return ProposedEntry(
                .digest(digest, signature: signature), signer: signer, scheme: signed.scheme)
        }
    }
}

extension TrustedRoot {
    /// The same with one certificate authority, and no other: its certificates from the issuer of the
    /// signer's to the root, which is trusted.
    package func replacingAuthorities(with chain: [Certificate], uri: String) -> TrustedRoot {
        let authority = Authority(
            uri: uri, chain: chain,
            period: ValidityPeriod(start: .distantPast, end: nil))
        return TrustedRoot(
            logs: logs, certificateLogs: certificateLogs, certificateAuthorities: [authority],
            timestampAuthorities: timestampAuthorities)
    }

    /// The trusted roots of a file: one, or one a line, each of an instance of its own.
    package static func all(json text: [UInt8]) throws(TrustError) -> [TrustedRoot] {
        guard let lines = JSONLine.all(in: text, limit: 64) else {
            return [try TrustedRoot(json: text)]
        }
        var roots: [TrustedRoot] = []
        for line in lines.prefix(64) {
            do {
                roots.append(try TrustedRoot(json: line.text))
            } catch {
                throw TrustError(
                    document: error.document, reason: "line \(line.number): \(error.reason)")
            }
        }
        return roots
    }
}
