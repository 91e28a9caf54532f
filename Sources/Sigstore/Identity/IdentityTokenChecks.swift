package import FoundationEssentials

extension IdentityToken {
    /// How far the clocks of this machine and of the issuer may be apart: 5 s.
    private static let leeway: TimeInterval = 5

    /// The token, if it is one to send: for that audience, valid at that time, and with an e-mail
    /// address only if the issuer has verified it.
    @discardableResult
    package func checked(
        audience expected: String, at now: Date
    ) throws(IdentityError) -> IdentityToken {
        guard audience.contains(expected) else {
            throw .wrongAudience(expected: expected, found: audience)
        }
        if let notBefore, now.addingTimeInterval(Self.leeway) < notBefore {
            throw .notYetValid(from: notBefore, now: now)
        }
        guard now < expiry.addingTimeInterval(Self.leeway) else {
            throw .expired(since: expiry, now: now)
        }
        if let email, !isEmailVerified { throw .unverifiedEmail(email, issuer: issuer) }
        return self
    }

    /// The token, if it is of the issuer that was asked for it.
    func checked(issuer expected: String) throws(IdentityError) -> IdentityToken {
        let rule = TextRule.exactly(expected)
        guard rule.accepts(issuer) else {
            throw .unexpectedIssuer(expected: "\(rule)", found: issuer)
        }
        return self
    }
}
