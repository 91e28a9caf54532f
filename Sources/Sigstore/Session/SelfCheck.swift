import Patterns
import SigningCrypto

/// A bundle that has been verified, as it is written.
package struct SignedBundle: Sendable {
    package let json: [UInt8]
    package let verification: Verification

    package init(json: [UInt8], verification: Verification) {
        self.json = json
        self.verification = verification
    }
}

extension SigningSession {
    /// 5. The bundle, once it has shown all that verifiers will look for.
    package func checkedBundle(in trustedRoot: TrustedRoot) throws(SigningError) -> SignedBundle {
        guard let bundle, let policy = ownPolicy else { throw .noTime(.selfCheck) }
        let json = bundle.json()
        do {
            let verification = try Verifier(trustedRoot: trustedRoot).verify(
                json: json, artifact: content.artifact, policy: policy)
            return SignedBundle(json: json, verification: verification)
        } catch {
            throw SigningError(.selfCheck, error)
        }
    }

    /// What every bundle of this signer about this content has to show; nil before there is a signature.
    package var ownPolicy: VerificationPolicy? {
        guard let bundle, let key else { return nil }
        var policy = VerificationPolicy(signer: bundle.ownSigner ?? .key(key))
        policy.requiresLogEntry = services.logs.count > 0
        policy.requiresTimestamp = services.timestampAuthorities.count > 0
        policy.checksSubject = !content.artifact.all.isEmpty
        // A promise beside the certificate has been looked at, and is in no bundle.
        policy.requiresCertificateTimestamp = services.isPromiseNeeded && !isPromiseBeside
        return policy
    }
}

extension Bundle {
    /// Whom the bundle itself names; nil for a key.
    fileprivate var ownSigner: VerificationPolicy.Signer? {
        guard let certificate, let identity = certificate.identities.first,
            let issuer = certificate.identityIssuer
        else { return nil }
        return .identity(.exactly(identity), issuer: .exactly(issuer))
    }
}
