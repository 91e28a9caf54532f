import SigningCrypto

/// Says whether a bundle shows that an artifact was signed by whom the policy asks for.
///
/// Pure: the trusted root is given, and every validity is judged at a time that the bundle proves,
/// never at the present one.
package struct Verifier: Sendable {
    let trustedRoot: TrustedRoot

    package init(trustedRoot: TrustedRoot) {
        self.trustedRoot = trustedRoot
    }

    /// - Parameter artifact: With all that `ArtifactNeed` says, or less: a lone digest.
    /// - Throws: The first rule that does not hold, in the order of the steps.
    package func verify(
        json: [UInt8], artifact: Artifact, policy: VerificationPolicy
    ) throws(VerificationFailure) -> Verification {
        // 1. The bundle is one, by the rules of its version.
        let bundle: Bundle
        do {
            bundle = try Bundle(json: json)
        } catch {
            throw .bundle(error)
        }
        return try verify(bundle, artifact: artifact, policy: policy)
    }

    package func verify(
        _ bundle: Bundle, artifact: Artifact, policy: VerificationPolicy
    ) throws(VerificationFailure) -> Verification {
        var result = Verification()
        // 0. The policy and the bundle speak of the same kind of signer.
        let key = try signingKey(of: bundle, policy)

        // 2. When: timestamps, and the times that a log has signed.
        result.times = try verifiedTimes(of: bundle, policy)

        if case .certificates(let leaf, let others) = bundle.signer {
            // 3. The certificate was valid, and issued by a trusted authority, at each of them.
            let times = result.times.map(\.time)
            let path = try certificatePath(leaf, others, at: times)
            try checkUsage(of: path)
            // 4. A trusted log knows of the certificate.
            if policy.requiresCertificateTimestamp {
                try checkCertificateTimestamps(of: leaf, path: path)
            }
            // 5. The certificate is for whom the policy asks.
            let (identity, issuer) = try checkIdentity(of: leaf, policy)
            result.identity = identity
            result.issuer = issuer.isEmpty ? nil : issuer
        }
        // 6. A trusted log has the entry.
        let logged = policy.requiresLogEntry ? try checkLog(bundle, times: result.times) : []
        result.entries = logged.map(\.record)
        // 7. The signature is over the artifact, or over a statement about it.
        let signed = try checkSignature(of: bundle, key: key, artifact, policy)
        result.predicateType = signed.statement?.predicateType
        result.subjects = signed.statement?.subjects.map(\.name) ?? []
        // 8. The entry is of this signature.
        try checkEntries(logged, of: bundle, signed: signed, key: key)
        return result
    }

    func signingKey(
        of bundle: Bundle, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> PublicKey {
        switch (bundle.signer, policy.signer) {
        case (.publicKey, .key(let key)): return key
        case (.certificates(let leaf, _), .identity): return leaf.publicKey
        case (.publicKey, .identity): throw .certificateExpected
        case (.certificates(let leaf, _), .key):
            throw .keyExpected(found: leaf.identities.joined(separator: ", "))
        }
    }
}
