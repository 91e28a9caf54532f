import OpenIDConnect
package import Patterns
package import SigningCrypto

/// What the certificate for an identity token has to say.
package struct CertificateExpectations: Sendable {
    /// The name that the certificate gives; nil for any.
    package var identity: TextRule?
    /// Who vouched for the name; nil for anyone.
    package var issuer: TextRule?

    package init(identity: TextRule? = nil, issuer: TextRule? = nil) {
        self.identity = identity
        self.issuer = issuer
    }
}

extension CertificateExpectations {
    /// What the user asked for, and what the token says: an e-mail address is always the name, and who
    /// vouches for it is the issuer, or the one behind it.
    init(_ expectation: IdentityExpectation, token: IdentityToken?) {
        self.init(
            identity: expectation.identity ?? token?.email.map(TextRule.exactly),
            issuer: expectation.issuer
                ?? token.map { .oneOf([$0.certificateIssuer, $0.issuer]) })
    }
}

extension IssuedCertificate {
    /// Whether this is what was asked for, and what verifiers will accept.
    ///
    /// Checked are the key, the path to a certificate authority that was trusted when the certificate
    /// began, its purpose, the promise of a trusted log, the name and who vouched for it.
    ///
    /// - Parameter isPromiseNeeded: False for an instance that has no log of certificates.
    package func check(
        key: PublicKey, trustedRoot: TrustedRoot, expecting expected: CertificateExpectations,
        isPromiseNeeded: Bool = true
    ) throws(FulcioError) {
        guard leaf.publicKey == key else { throw .otherKey }
        do {
            let verifier = Verifier(trustedRoot: trustedRoot)
            let path = try verifier.certificatePath(leaf, [], at: [leaf.notBefore])
            try verifier.checkUsage(of: path)
            if let detachedTimestamp {
                try verifier.checkCertificateTimestamps([detachedTimestamp]) {
                    $0.isValid(forWhole: leaf, key: $1)
                }
            } else if isPromiseNeeded {
                try verifier.checkCertificateTimestamps(of: leaf, path: path)
            }
            try checkIdentity(expected)
        } catch {
            throw .certificate(error)
        }
    }

    private func checkIdentity(
        _ expected: CertificateExpectations
    ) throws(VerificationFailure) {
        if let identity = expected.identity, !leaf.identities.contains(where: identity.accepts) {
            throw .identity(expected: "\(identity)", found: leaf.identities)
        }
        let found = leaf.identityIssuer
        if let issuer = expected.issuer, !(found.map(issuer.accepts) ?? false) {
            throw .issuer(expected: "\(issuer)", found: found)
        }
    }
}
