package import FoundationEssentials
package import HTTP
import SigningCrypto

/// Why there is no identity token to sign with. No text of it holds a token.
package enum IdentityError: Error, Equatable {
    case malformed(source: String, reason: String)
    case wrongAudience(expected: String, found: [String])
    case expired(since: Date, now: Date)
    /// The token has expired, and where it is from there is no other.
    case notRefreshable(source: String, since: Date, now: Date)
    case unverifiedEmail(String, issuer: String)
    case unexpectedIdentity(expected: String, found: [String])
    case unexpectedIssuer(expected: String, found: String)
    /// This CI system would give a token, if the job were set up for it.
    case notGranted(system: String, remedy: String)
    case unreadable(source: String, reason: String)
    /// A command that gives tokens has not, and may another time.
    case noAnswer(source: String, reason: String)
    /// A provider that was asked did not answer; the class of the failure is the call's.
    case call(provider: String, HTTPError)
    /// The issuer's document is not one to log in by.
    case discovery(issuer: String, reason: String)
    /// The person, or the issuer, has said no.
    case denied(source: String, reason: String)
    case cannotLogIn(source: String, reason: String)
    case stateMismatch(source: String)
    case nonceMismatch(source: String)
    /// The issuer's code was not used in time.
    case loginExpired(source: String)
    /// The answer to a code was lost, and the code is not taken again.
    case codeSpent(source: String, reason: String)
    /// Nobody logged in before the deadline.
    case loginTimedOut(source: String)
    case cancelled(source: String)
}

extension IdentityError {
    package var failureClass: FailureClass {
        switch self {
        case .call(_, let error): error.failureClass
        case .noAnswer: .unknownOutcome
        case .cancelled: .cancelled
        case .loginTimedOut: .deadline
        default: .permanent
        }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .malformed: "identity-token"
        case .wrongAudience: "token-audience"
        case .expired, .notRefreshable: "token-expired"
        case .unverifiedEmail: "token-email"
        case .unexpectedIdentity: "token-identity"
        case .unexpectedIssuer: "token-issuer"
        case .notGranted: "token-not-granted"
        case .unreadable: "token-unreadable"
        case .noAnswer: "unavailable"
        case .call(_, let error): error.className
        case .discovery: "login-discovery"
        case .denied: "login-denied"
        case .cannotLogIn: "login-impossible"
        case .stateMismatch: "login-state"
        case .nonceMismatch: "login-nonce"
        case .loginExpired: "login-expired"
        case .codeSpent: "login-code-spent"
        case .loginTimedOut, .cancelled: failureClass.rawValue
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
        case .expired(let since, let now):
            "the identity token expired at \(timeText(since)), it is now \(timeText(now.wholeSeconds))"
        case .notRefreshable(let source, let since, let now):
            "the identity token from \(source) expired at \(timeText(since)), "
                + "it is now \(timeText(now.wholeSeconds)), and there is no newer one to ask for"
        case .unverifiedEmail(let email, let issuer):
            "'\(issuer)' has not verified the e-mail address '\(email)' of the identity token"
        case .unexpectedIdentity(let expected, let found):
            "expected the identity \(expected), the identity token is of \(Self.list(found))"
        case .unexpectedIssuer(let expected, let found):
            "expected the issuer \(expected), the identity token is of '\(found)'"
        case .notGranted(let system, let remedy):
            "\(system) gives this job no identity token: \(remedy)"
        case .unreadable(let source, let reason), .noAnswer(let source, let reason):
            "cannot read the identity token from \(source): \(reason)"
        case .call(let provider, let error):
            "no identity token from \(provider): \(error)"
        case .discovery(let issuer, let reason):
            "cannot log in at '\(shownAddress(issuer))': its OpenID configuration \(reason)"
        case .denied(let source, let reason):
            "\(source) was refused: \(reason)"
        case .cannotLogIn(let source, let reason):
            "\(source) is not possible: \(reason)"
        case .stateMismatch(let source):
            "what a browser brought back is not from \(source): its state is not the one sent"
        case .nonceMismatch(let source):
            "the identity token is not from \(source): its nonce is not the one sent"
        case .loginExpired(let source):
            "\(source) took too long: its code has expired"
        case .codeSpent(let source, let reason):
            "\(source) has to be done again: an answer was lost, and the code, which is good once, "
                + "is not taken any more: \(reason)"
        case .loginTimedOut(let source):
            "\(source) was not done before the deadline"
        case .cancelled(let source):
            "\(source) was cancelled"
        }
    }

    private static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "nobody" : texts.map { "'\($0)'" }.joined(separator: ", ")
    }
}
