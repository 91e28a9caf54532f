package import FoundationEssentials
import Patterns

extension IdentityToken {
    /// How far the clocks of this machine and of the issuer may be apart: 5 s.
    private static let leeway: TimeInterval = 5

    /// The token, if it is one to send: for that audience, not expired, and with an e-mail address only
    /// if the issuer has verified it.
    ///
    /// When it begins is not looked at: an issuer's clock that is ahead of ours is no fault of the token.
    /// - Parameter now: The time at which it must not have expired; nil where it is not asked.
    @discardableResult
    package func checked(
        audience expected: String, at now: Date?
    ) throws(IdentityError) -> IdentityToken {
        guard audience.contains(expected) else {
            throw .wrongAudience(expected: expected, found: audience)
        }
        if let now, now >= expiry.addingTimeInterval(Self.leeway) {
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
