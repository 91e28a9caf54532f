import Patterns
import SigningCrypto

/// Putting off the log entry: whether that can work, and for whom it is gone on.
extension SigningSession {
    /// Turns to the other version's log where the present one takes nothing after the certificate's end.
    ///
    /// - Returns: Whether the entry can be made at any time from here on.
    package mutating func prepareDeferral() -> Bool {
        guard services.certificateAuthority != nil, services.isLogTimed, !isLogged else {
            return true
        }
        // A log that has stood in may have it, and the first one takes it all the same.
        guard !mayBeLogged || fallback != nil,
            let other = services.fallbackLogs?.candidates.first, other.majorVersion != 1
        else { return false }
        return turnToFallback()
    }

    /// All that is missing is a service that comes last: the log, or an image's registry.
    package func lacksOnly(_ phase: SigningPhase) -> Bool {
        switch phase {
        case .log: lacksOnlyLog
        case .push: verified != nil
        default: false
        }
    }

    /// Whether it is a signature by that signer.
    package func isSigned(by signer: VerificationPolicy.Signer) -> Bool {
        switch signer {
        case .key(let expected): return certificate == nil && key == expected
        case .identity(let identity, let issuer, _):
            guard let certificate, let found = certificate.identityIssuer else { return false }
            return certificate.identities.contains(where: identity.accepts) && issuer.accepts(found)
        }
    }
}

extension SignableContent {
    /// Whether it is the same to sign: a file by its digests, a statement but for when it was made.
    package func isSame(as other: SignableContent) -> Bool {
        switch (self, other) {
        case (.artifact(let artifact), .artifact(let other)):
            artifact.all.contains(where: other.all.contains)
        case (.statement(let payload, _), .statement(let other, _)):
            Statement.isSame(payload, as: other)
        default: false
        }
    }

    /// Whether the same is said of files that may be others: that they were signed, or one predicate.
    package func saysSame(as other: SignableContent) -> Bool {
        switch (self, other) {
        case (.artifact, .artifact): true
        case (.statement(let payload, _), .statement(let other, _)):
            Statement.saysSame(payload, as: other)
        default: false
        }
    }
}
