import FoundationEssentials
import RetryEngine
import SigningCrypto

/// Who signs: a key, and its certificate if it takes one.
struct SigningIdentity<Instant> {
    let key: PrivateKey
    var certificate: CurrentCertificate<Instant>?
    /// Whose tokens certificates are issued for; nil for a key that verifiers know.
    var session: IdentitySession<Instant>?
    /// The last token that was used.
    private var token: IdentityToken?

    init(key: PrivateKey, session: IdentitySession<Instant>? = nil) {
        self.key = key
        self.session = session
    }

    /// A token of the session that is valid now.
    mutating func token(
        at now: @autoclosure () -> Date, deadline: Instant
    ) throws(IdentityError) -> IdentityToken {
        guard let token = try session?.token(at: now(), deadline: deadline) else {
            preconditionFailure("a key signs without a token")
        }
        self.token = token
        return token
    }

    /// What the user asked for, and what the token says: an e-mail address is always the name, and who
    /// vouches for it is the issuer, or the one behind it.
    var certificateExpectations: CertificateExpectations {
        let expectation = session?.expectation ?? .anyone
        return CertificateExpectations(
            identity: expectation.identity ?? token?.email.map(TextRule.exactly),
            issuer: expectation.issuer
                ?? token.map { .oneOf([$0.certificateIssuer, $0.issuer]) })
    }
}

/// A certificate, and the instant until which things are done under it.
struct CurrentCertificate<Instant> {
    let issued: IssuedCertificate
    let end: Instant
}
