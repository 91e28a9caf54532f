package import FoundationEssentials
package import HTTP

/// Why there is no identity token to sign with. No text of it holds a token.
package enum IdentityError: Error, Equatable {
    case malformed(source: String, reason: String)
    case wrongAudience(expected: String, found: [String])
    case notYetValid(from: Date, now: Date)
    case expired(since: Date, now: Date)
    /// The token has expired, and where it is from there is no other.
    case notRefreshable(source: String, since: Date, now: Date)
    case unverifiedEmail(String, issuer: String)
    case unexpectedIdentity(expected: String, found: [String])
    case unexpectedIssuer(expected: String, found: String)
    /// This CI system would give a token, if the job were set up for it.
    case notGranted(system: String, remedy: String)
    case unreadable(source: String, reason: String)
    /// A provider that was asked did not answer; the class of the failure is the call's.
    case call(provider: String, HTTPError)
}

extension IdentityError {
    package var failureClass: FailureClass {
        if case .call(_, let error) = self { error.failureClass } else { .permanent }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .malformed, .wrongAudience, .notYetValid, .expired, .notRefreshable, .unverifiedEmail:
            "identity-token"
        case .unexpectedIdentity, .unexpectedIssuer: "identity-mismatch"
        case .notGranted, .unreadable: "no-identity"
        case .call(_, let error): error.className
        }
    }

    /// Whether another clock would judge otherwise.
    var isAboutTime: Bool {
        switch self {
        case .notYetValid, .expired, .notRefreshable: true
        default: false
        }
    }
}

extension IdentityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let source, let reason):
            "malformed identity token from \(source): \(reason)"
        case .wrongAudience(let expected, let found):
            "the identity token is for \(Self.list(found)), not for '\(expected)'"
        case .notYetValid(let from, let now):
            "the identity token is not valid before \(timeText(from)), now is \(timeText(now))"
        case .expired(let since, let now):
            "the identity token expired at \(timeText(since)), now is \(timeText(now))"
        case .notRefreshable(let source, let since, let now):
            "the identity token from \(source) expired at \(timeText(since)), "
                + "now is \(timeText(now)), and there is no newer one to ask for"
        case .unverifiedEmail(let email, let issuer):
            "'\(issuer)' has not verified the e-mail address '\(email)' of the identity token"
        case .unexpectedIdentity(let expected, let found):
            "expected the identity \(expected), the identity token is of \(Self.list(found))"
        case .unexpectedIssuer(let expected, let found):
            "expected the issuer \(expected), the identity token is of '\(found)'"
        case .notGranted(let system, let remedy):
            "\(system) gives this job no identity token: \(remedy)"
        case .unreadable(let source, let reason):
            "cannot read the identity token from \(source): \(reason)"
        case .call(let provider, let error):
            "no identity token from \(provider): \(error)"
        }
    }

    private static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "nobody" : texts.map { "'\($0)'" }.joined(separator: ", ")
    }
}
