extension Verifier {
    /// The rules that do not ask whom to trust: what breaks one of them is a no without a trusted root.
    ///
    /// - Throws: The first that does not hold. It need not be the first of all.
    package static func checkWithoutTrust(
        _ bundle: Bundle, artifact: Artifact, policy: VerificationPolicy
    ) throws(VerificationFailure) {
        let nobody = Verifier(trustedRoot: .empty)
        let key = try nobody.signingKey(of: bundle, policy)
        // The log may still be asked.
        let isComplete = !bundle.isDetached || !policy.requiresLogEntry
        if isComplete, bundle.timestamps.isEmpty, bundle.entries.isEmpty || policy.requiresTimestamp
        {
            _ = try nobody.verifiedTimes(of: bundle, policy)
        }
        if let leaf = bundle.certificate {
            try nobody.checkUsage(of: [leaf])
            _ = try nobody.checkIdentity(of: leaf, policy)
        }
        if isComplete, policy.requiresLogEntry, bundle.entries.isEmpty { throw .noLogEntry }
        _ = try nobody.checkSignature(of: bundle, key: key, artifact, policy)
    }
}

extension VerificationPolicy {
    /// Whether it matters whom to trust: a key that needs no log speaks for itself.
    package var asksForTrust: Bool { key == nil || requiresLogEntry || requiresTimestamp }
}
