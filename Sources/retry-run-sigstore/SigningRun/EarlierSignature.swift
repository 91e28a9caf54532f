import OCI
import SigningCrypto
import Sigstore

/// A signature of an image that an earlier run has pushed, which is kept where it is of the same content
/// and in the same name.
struct EarlierSignature {
    let bundle: SignedBundle
    let signature: [UInt8]
    /// By which the registry knows it.
    let manifest: Digest

    /// Nil where none of those that the registry has is of the content.
    ///
    /// - Parameters:
    ///   - isLogTimed: Whether the log is one whose entries have a place in the old form: Rekor v1.
    ///   - preferred: Of several this one counts.
    ///   - policy: What the bundle of this run would have to show; asked for once there is something to
    ///     verify.
    init?(
        among found: [SignatureSearch.Found], of image: ImageDestination,
        _ content: SignableContent, _ trustedRoot: TrustedRoot, isLogTimed: Bool,
        preferring preferred: [UInt8]?, policy: () throws -> VerificationPolicy
    ) throws {
        let all = found.compactMap { Self.signature($0, of: image, saying: content) }
        let same =
            all.filter { $0.bundle.content.signature == preferred }
            + all.filter { $0.bundle.content.signature != preferred }
        guard !same.isEmpty else { return nil }
        let verifier = Verifier(trustedRoot: trustedRoot)
        var policy = try policy()
        // An entry of Rekor v2 has no place in the old form.
        if image.form == .old, !isLogTimed { policy.requiresLogEntry = false }
        for (manifest, form, bundle) in same {
            // Somebody else's, or not good for anything, is not ours to keep.
            guard
                let verification = try? verifier.verify(
                    bundle, artifact: content.artifact, policy: policy)
            else { continue }
            // What goes there in both forms is there once it is there in both.
            let isWhole = same.contains {
                $0.form != form && $0.bundle.content.signature == bundle.content.signature
            }
            guard isWhole || image.form != .both else { continue }
            self.bundle = SignedBundle(json: bundle.json(), verification: verification)
            self.manifest = manifest
            signature = bundle.content.signature
            return
        }
        return nil
    }

    /// Whether the registry has one of the content, by whomever.
    static func mayBe(
        among found: [SignatureSearch.Found], of image: ImageDestination,
        _ content: SignableContent
    ) -> Bool {
        found.contains { signature($0, of: image, saying: content) != nil }
    }

    /// Nil where it is of something else, or in another form.
    private static func signature(
        _ found: SignatureSearch.Found, of image: ImageDestination, saying content: SignableContent
    ) -> (manifest: Digest, form: ImageSignature.Form, bundle: Bundle)? {
        let signature: ImageSignature
        switch (try? found.content.get(), image.form) {
        case (.bundle(let json), .bundle), (.bundle(let json), .both):
            signature = ImageSignature(bundle: json, of: image.subject.digest)
        case (.layer(let layer, let descriptor), .old), (.layer(let layer, let descriptor), .both):
            signature = ImageSignature(
                layer: layer, annotations: descriptor.annotations,
                isAttestation: image.form == .both, of: image.subject.digest)
        default: return nil
        }
        guard let bundle = try? signature.candidate.bundle.get(),
            let said = signature.signedContent, content.isSaid(by: said)
        else { return nil }
        return (found.manifest, signature.form, bundle)
    }
}

extension SignableContent {
    /// Whether it is what was signed, but for the time that a statement may have of its own.
    fileprivate func isSaid(by signed: [UInt8]) -> Bool {
        switch self {
        case .statement(let payload, _): Statement.isSame(signed, as: payload)
        case .artifact(let artifact): artifact.message == signed
        }
    }
}
