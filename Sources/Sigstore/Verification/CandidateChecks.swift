package import SigningCrypto

/// What several bundles have shown together: the first that fits, or how far the best has come.
package struct Finding: Sendable {
    package let result: Result<Verification, VerificationFailure>
    /// Where in its file the bundle is that has decided.
    package let place: Candidate.Place?

    package init(
        _ result: Result<Verification, VerificationFailure>, place: Candidate.Place? = nil
    ) {
        self.result = result
        self.place = place
    }

    /// - Parameters:
    ///   - roots: Each is an instance of its own: what one vouches for is not mixed with another.
    package init(
        _ candidates: [Candidate], trusting roots: [TrustedRoot], artifact: Artifact,
        policy: VerificationPolicy
    ) {
        var best: (failure: VerificationFailure, place: Candidate.Place?)?
        for candidate in candidates {
            for root in roots {
                do throws(VerificationFailure) {
                    let verification = try Verifier(trustedRoot: root)
                        .verify(candidate, artifact: artifact, policy: policy)
                    self.init(.success(verification), place: candidate.place)
                    return
                } catch {
                    if best.map({ error.step > $0.failure.step }) ?? true {
                        best = (error, candidate.place)
                    }
                }
            }
        }
        self.init(.failure(best?.failure ?? .bundle(.noneInside)), place: best?.place)
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
        let needs = candidates.compactMap { try? $0.bundle.get() }
            .map { ArtifactNeed(of: $0, key: key) }
        self.init(
            algorithms: needs.reduce(into: []) { $0.formUnion($1.algorithms) },
            isMessageNeeded: needs.contains { $0.isMessageNeeded })
    }
}
