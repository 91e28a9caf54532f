import FoundationEssentials
import SigningCrypto

extension Verifier {
    /// Step 3: the leaf's path to a certificate authority that was trusted at every one of `times`.
    func certificatePath(
        _ leaf: Certificate, _ others: [Certificate], at times: [Date]
    ) throws(VerificationFailure) -> [Certificate] {
        for time in times where !leaf.isValid(at: time) {
            throw .certificateTime(
                subject: leaf.label, validity: leaf.validity, time: time)
        }
        var found: AuthorityPath?
        // Signatures hold at any time: a path that was found need only be in date at the others.
        for time in times where found?.isInDate(at: time) != true {
            found = try authorityPath(leaf, others, at: time)
        }
        return found?.certificates ?? []
    }

    /// A path, and the authority that it leads to.
    private struct AuthorityPath {
        let certificates: [Certificate]
        let authority: TrustedRoot.Authority

        func isInDate(at time: Date) -> Bool {
            authority.period.contains(time)
                && (authority.chain + certificates).allSatisfy { $0.isValid(at: time) }
        }
    }

    private func authorityPath(
        _ leaf: Certificate, _ others: [Certificate], at time: Date
    ) throws(VerificationFailure) -> AuthorityPath {
        var failure = VerificationFailure.noCertificateAuthority
        var progress = -1
        for authority in trustedRoot.certificateAuthorities {
            do {
                return AuthorityPath(
                    certificates: try certificatePath(leaf, others, authority, at: time),
                    authority: authority)
            } catch {
                let reached = Self.progress(of: leaf, others, to: authority, error)
                if reached > progress { (failure, progress) = (error, reached) }
            }
        }
        throw failure
    }

    /// How far the path to an authority has come: one that has signed the certificate tells most, then
    /// one that bears the issuer's name; times come before the path.
    private static func progress(
        of leaf: Certificate, _ others: [Certificate], to authority: TrustedRoot.Authority,
        _ failure: VerificationFailure
    ) -> Int {
        let certificates = [leaf] + others
        let isIssuer = certificates.contains { $0.isSigned(byOneOf: authority.chain) }
        let isNamed = authority.chain.contains { $0.subjectDER == leaf.issuerDER }
        let rule =
            switch failure {
            case .authorityTime: 0
            case .certificateTime: 1
            default: 2
            }
        return (isIssuer ? 20 : isNamed ? 10 : 0) + rule
    }

    private func certificatePath(
        _ leaf: Certificate, _ others: [Certificate], _ authority: TrustedRoot.Authority,
        at time: Date
    ) throws(VerificationFailure) -> [Certificate] {
        guard authority.period.contains(time) else {
            throw .authorityTime(
                authority: authority.label, validity: authority.period, time: time)
        }
        for certificate in authority.chain where !certificate.isValid(at: time) {
            throw .certificateTime(
                subject: certificate.label, validity: certificate.validity, time: time)
        }
        do {
            return try CertificatePath.find(
                leaf: leaf, intermediates: authority.chain.dropLast() + others,
                anchors: authority.chain.suffix(1), at: time)
        } catch {
            throw .certificatePath(error)
        }
    }

    /// Step 3: RFC 5280 §4.2.1.3 and §4.2.1.12. An authority that names its purposes must name this
    /// one too, as it is read for TLS; a certificate of Fulcio always names it.
    func checkUsage(of path: [Certificate]) throws(VerificationFailure) {
        guard let leaf = path.first else { return }
        let codeSigning = "1.3.6.1.5.5.7.3.3"
        let any = "2.5.29.37.0"
        let issuers = path.dropFirst().map(\.extendedKeyUsages).filter { !$0.isEmpty }
        guard leaf.extendedKeyUsages.contains(codeSigning),
            issuers.allSatisfy({ $0.contains(codeSigning) || $0.contains(any) })
        else {
            let found =
                ([leaf.extendedKeyUsages] + issuers).first { !$0.contains(codeSigning) } ?? []
            throw .certificateUsage(
                expected: "code signing",
                found: found.isEmpty ? "no purpose" : found.joined(separator: ", "))
        }
        guard !leaf.isCertificateAuthority else {
            throw .certificateUsage(expected: "signing artifacts", found: "an authority")
        }
        guard leaf.allowsDigitalSignature else {
            throw .certificateUsage(expected: "digital signatures", found: "another key usage")
        }
    }

    /// Step 4: one signed certificate timestamp of a trusted log, made while its key was in use.
    func checkCertificateTimestamps(
        of leaf: Certificate, path: [Certificate]
    ) throws(VerificationFailure) {
        let promises: [SignedCertificateTimestamp]
        do {
            promises = try leaf.signedCertificateTimestamps()
        } catch {
            throw .certificateTimestamp(reasons: ["\(error)"])
        }
        // RFC 6962 §3.2: a special signing certificate for precertificates is not the issuer.
        let issuers = path.dropFirst().drop {
            $0.extendedKeyUsages.contains("1.3.6.1.4.1.11129.2.4.4")
        }
        guard let issuer = issuers.first, !promises.isEmpty else {
            throw .certificateTimestamp(reasons: ["the certificate has none"])
        }
        try checkCertificateTimestamps(promises) {
            $0.isValid(for: leaf, issuer: issuer, key: $1)
        }
    }

    /// One of the promises is of a trusted log, made while its key was in use.
    func checkCertificateTimestamps(
        _ promises: [SignedCertificateTimestamp],
        isSigned: (SignedCertificateTimestamp, PublicKey) -> Bool
    ) throws(VerificationFailure) {
        var reasons: [String] = []
        for promise in promises {
            let logs = trustedRoot.certificateLogs.filter { $0.id == promise.logID }
            if logs.isEmpty { reasons.append("the log \(promise.logID.hex) is not trusted") }
            for log in logs {
                if !log.period.contains(promise.timestamp) {
                    reasons.append(
                        "it is of \(timeText(promise.timestamp)), the log \(log.baseURL) is "
                            + "trusted from \(log.period)")
                } else if !isSigned(promise, log.key) {
                    reasons.append("it is not signed by the log \(log.baseURL)")
                } else {
                    return
                }
            }
        }
        throw .certificateTimestamp(reasons: reasons)
    }
}

extension Certificate {
    /// A Fulcio certificate has no subject, but a name that was vouched for.
    var label: String { subject.isEmpty ? identities.joined(separator: ", ") : subject }
    var validity: ValidityPeriod { ValidityPeriod(start: notBefore, end: notAfter) }
}

extension TrustedRoot.Authority {
    var label: String { uri.isEmpty ? chain.last?.label ?? "" : uri }
}
