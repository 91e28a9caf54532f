import HTTP
package import RetryEngine
package import SigningCrypto

/// Signs by an instance of Sigstore, and hands nothing out that it has not verified itself.
///
/// 1. token, 2. certificate, 3. signatures, 4. timestamps, 5. log entries, 6. self-check. Each call of
/// a service is tried by itself. What a phase has given is kept: after a failure of the log nobody asks
/// for another certificate while this one lasts, and what is sent again is the same to the byte, so
/// that one signature is one entry.
package struct Signer<Clock: RetryClock> {
    /// In whose name.
    package enum Credential {
        /// A certificate for a key that is made for this run and never written.
        case identity(IdentitySession<Clock.Instant>)
        /// A key that verifiers know.
        case key(PrivateKey)
    }

    let services: SigningServices
    let trustedRoot: TrustedRoot
    let calls: SigningCalls<Clock>
    let verifier: Verifier
    let credential: Credential

    package init(
        _ credential: Credential, services: SigningServices, trustedRoot: TrustedRoot,
        calls: SigningCalls<Clock>
    ) {
        self.credential = credential
        self.services = services
        self.trustedRoot = trustedRoot
        self.calls = calls
        verifier = Verifier(trustedRoot: trustedRoot)
    }

    /// Signs everything in the same name.
    ///
    /// - Parameter each: Given the number of a content and its bundle, as soon as it is complete: a
    ///   later one may still fail.
    /// - Throws: `SigningError`, and what `each` throws.
    package func sign(
        _ contents: [SignableContent], each: (Int, SignedBundle) throws -> Void
    ) throws {
        // 1. and 2. The key, and a certificate for it.
        var identity = try makeIdentity()
        // 3. Every signature is made once.
        let signed = try calls.perform(.signature) { () throws(SigningError) in
            try signatures(contents, by: identity.key)
        }
        for content in signed { try checkLogs(take: content, by: identity) }
        // 4. When they existed.
        var drafts: [Draft<Clock.Instant>] = []
        try calls.perform(.timestamp) { () throws(SigningError) in
            for content in signed { drafts.append(try draft(of: content, by: &identity)) }
        }
        for (number, content) in contents.enumerated() {
            // 5. The log.
            let entries = try calls.perform(.log) { () throws(SigningError) in
                try self.entries(of: &drafts[number], by: &identity)
            }
            // 6. What verifiers will see.
            let bundle = try calls.perform(.selfCheck) { () throws(SigningError) in
                try self.bundle(
                    of: drafts[number], entries, content, key: identity.key.publicKey)
            }
            try each(number, bundle)
        }
    }

    private func signatures(
        _ contents: [SignableContent], by key: PrivateKey
    ) throws(SigningError) -> [Bundle.Content] {
        do {
            return try contents.map { try $0.signed(by: key) }
        } catch {
            throw SigningError(.signature, .permanent, className: "signature", "\(error)")
        }
    }

    private func bundle(
        of draft: Draft<Clock.Instant>, _ entries: [LogEntry], _ content: SignableContent,
        key: PublicKey
    ) throws(SigningError) -> SignedBundle {
        let bundle = draft.bundle(key: key, entries: entries)
        var policy = VerificationPolicy(signer: bundle.ownSigner ?? .key(key))
        policy.requiresLogEntry = services.logs.count > 0
        policy.requiresTimestamp = services.timestampAuthorities.count > 0
        policy.checksSubject = !content.artifact.all.isEmpty
        // A promise beside the certificate has been looked at, and is in no bundle.
        policy.requiresCertificateTimestamp =
            services.isPromiseNeeded && draft.certificate?.issued.detachedTimestamp == nil
        let json = bundle.json()
        do {
            let verification = try verifier.verify(
                json: json, artifact: content.artifact, policy: policy)
            return SignedBundle(json: json, verification: verification)
        } catch {
            throw SigningError(.selfCheck, error)
        }
    }
}

/// A bundle that has been verified, as it is written.
package struct SignedBundle: Sendable {
    package let json: [UInt8]
    package let verification: Verification

    package init(json: [UInt8], verification: Verification) {
        self.json = json
        self.verification = verification
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
