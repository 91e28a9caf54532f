package import SigningCrypto

/// What several bundles have shown together: the first that fits, or how far the best has come.
package struct Finding: Sendable {
    package let result: Result<Verification, VerificationFailure>
    /// Where in its file the bundle is that has decided.
    package let place: Candidate.Place?
    /// The bundle that has decided, if it could be read.
    package let bundle: Bundle?

    package init(
        _ result: Result<Verification, VerificationFailure>, by candidate: Candidate? = nil
    ) {
        self.result = result
        place = candidate?.place
        bundle = candidate?.readable
    }

    /// - Parameters:
    ///   - roots: Each is of an instance of its own: what one vouches for is not mixed with another.
    package init(
        _ candidates: [Candidate], trusting roots: [TrustedRoot], artifact: Artifact,
        policy: VerificationPolicy
    ) {
        var furthest: (failure: VerificationFailure, candidate: Candidate)?
        for candidate in candidates {
            for root in roots {
                do throws(VerificationFailure) {
                    let verification = try Verifier(trustedRoot: root)
                        .verify(candidate, artifact: artifact, policy: policy)
                    self.init(.success(verification), by: candidate)
                    return
                } catch {
                    if error.isFurther(than: furthest?.failure) { furthest = (error, candidate) }
                }
            }
        }
        self.init(
            .failure(furthest?.failure ?? .bundle(.noneInside)), by: furthest?.candidate)
    }
}

extension Verifier {
    fileprivate func verify(
        _ candidate: Candidate, artifact: Artifact, policy: VerificationPolicy
    ) throws(VerificationFailure) -> Verification {
        let bundle = try candidate.bundle.get()
        if policy.requiresAttestation, case .message = bundle.content {
            throw .payloadType(expected: Statement.payloadType, found: "no envelope")
        }
        return try verify(bundle, artifact: artifact, policy: policy)
    }
}

extension ArtifactNeed {
    /// What it takes to verify any of several bundles.
    package init(of candidates: [Candidate], key: PublicKey?) {
        let needs = candidates.compactMap(\.readable)
            .map { ArtifactNeed(of: $0, key: key) }
        self.init(
            algorithms: needs.reduce(into: []) { $0.formUnion($1.algorithms) },
            isMessageNeeded: needs.contains { $0.isMessageNeeded })
    }
}
