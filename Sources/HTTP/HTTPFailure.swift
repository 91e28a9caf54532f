/// Why a request got no answer.
package enum HTTPFailure: Error, Equatable, Sendable {
    /// The address cannot be used. It is not shown, as it may hold a secret.
    case invalidURL(reason: String)
    /// A variable of the environment that does not name a proxy. Its value is not shown.
    case invalidProxy(variable: String, reason: String)
    /// Plain http to another machine.
    case plainHTTP(url: String)
    /// A header that would not stay on its line.
    case invalidHeader(name: String)
    /// libcurl refused, before anything was sent.
    case setUp(String)
    /// The connection failed, or was not made in time.
    case notSent(reason: String)
    /// The connection failed after the request was begun.
    case unknownOutcome(reason: String)
    /// The other end is not who it should be.
    case untrusted(reason: String)
    /// An exchange that would fail again.
    case transfer(reason: String)
    /// The service answered with a status that is no answer to the request.
    case status(Int, isTransient: Bool, retryAfter: Duration?, excerpt: String)
    /// The service has said in the words of its own protocol that it is in trouble.
    case busy(reason: String, status: Int?, retryAfter: Duration?)
    /// A 2xx answer that the caller cannot read.
    case badResponse(reason: String)
    /// A 2xx answer that says to ask again later.
    case notYet(reason: String)
    case tooLarge(limit: Int)
    /// The service takes no body of that many bytes, though it answers others; `reason` is how it has
    /// failed.
    case bodyTooLarge(size: Int, _ reason: String)
    case cancelled(wasSent: Bool)
    /// No time is left for this attempt or for another one; `last` is how the last one failed.
    indirect case deadlineExceeded(last: HTTPFailure?)
}

/// What a failure means to the one who asked.
package enum FailureClass: String, Sendable {
    /// Another attempt may help, and the service has not seen the request.
    case notSent = "not-sent"
    /// Another attempt may help, and the service may have done what was asked.
    case unknownOutcome = "unknown-outcome"
    /// Another attempt would not help.
    case permanent
    case cancelled
    case deadline
}

extension HTTPFailure {
    package var failureClass: FailureClass {
        switch self {
        case .notSent: .notSent
        case .unknownOutcome, .notYet, .busy, .status(_, isTransient: true, _, _): .unknownOutcome
        case .cancelled: .cancelled
        case .deadlineExceeded: .deadline
        default: .permanent
        }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .invalidURL, .invalidHeader, .invalidProxy: "invalid-request"
        case .plainHTTP: "plain-http"
        case .setUp: "set-up"
        case .untrusted: "tls"
        case .transfer: "transfer"
        case .status(_, let isTransient, _, _): isTransient ? "unavailable" : "refused"
        case .badResponse: "bad-response"
        case .notYet, .busy: "unavailable"
        case .tooLarge, .bodyTooLarge: "too-large"
        case .notSent, .unknownOutcome, .cancelled, .deadlineExceeded: failureClass.rawValue
        }
    }

    /// The status, if the service answered.
    package var status: Int? {
        switch self {
        case .status(let status, _, _, _): status
        case .busy(_, let status, _): status
        case .deadlineExceeded(let last): last?.status
        default: nil
        }
    }

    /// Whether the service may have done what was asked.
    package var mayHaveTakenEffect: Bool {
        switch self {
        // Too early and too many requests: turned away unread.
        case .status(425, _, _, _), .status(429, _, _, _): false
        case .status(503, _, _, let excerpt) where isTurnedAway(excerpt): false
        case .status(_, let isTransient, _, _): isTransient
        case .unknownOutcome, .badResponse, .tooLarge: true
        case .busy(_, let status, _): status != 429
        case .cancelled(let wasSent): wasSent
        case .deadlineExceeded(let last): last?.mayHaveTakenEffect ?? false
        default: false
        }
    }

    var retryAfter: Duration? {
        switch self {
        case .status(_, _, let pause, _), .busy(_, _, let pause): pause
        default: nil
        }
    }
}

extension HTTPFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidURL(let reason): "invalid URL: \(reason)"
        case .invalidProxy(let variable, let reason):
            "\(variable) is not the address of a proxy: \(reason)"
        case .plainHTTP(let url): "\(url) is plain http to another machine, not https"
        case .invalidHeader(let name): "header \(name) holds characters that no header may have"
        case .setUp(let what): "cannot \(what)"
        case .notSent(let reason), .unknownOutcome(let reason), .untrusted(let reason),
            .transfer(let reason):
            reason
        case .status(let status, _, let pause, let excerpt):
            "status \(status)" + Self.told(pause)
                + (excerpt.isEmpty ? "" : ": \(excerpt)")
        case .busy(let reason, _, let pause): reason + Self.told(pause)
        case .badResponse(let reason): "unreadable answer: \(reason)"
        case .notYet(let reason): reason
        case .tooLarge(let limit): "the answer is longer than \(limit) bytes"
        case .bodyTooLarge(let size, let reason):
            "the request is too large with \(size) bytes: \(reason), and a small request was answered"
        case .cancelled: "cancelled"
        case .deadlineExceeded(let last):
            "no time is left" + (last.map { " after: \($0)" } ?? "")
        }
    }

    /// What a sentence says of a pause that a service asks for.
    package static func told(_ pause: Duration?) -> String {
        guard let pause else { return "" }
        let (seconds, milliseconds) = (pause.components.seconds, Int64(pause / .milliseconds(1)))
        return ", asks for a pause of " + (seconds > 0 ? "\(seconds) s" : "\(milliseconds) ms")
    }
}

extension HTTPFailure {
    /// Bodies that balancers are known to take: 512 KiB.
    static let unsuspiciousSize = 512 << 10

    /// Whether the size of a body may be why: balancers say so, or answer as if the service were down, or
    /// close the connection.
    ///
    /// Source: sigstore/rekor#2915, #2808, sigstore/cosign#4490.
    func mayBeOfSize(_ size: Int) -> Bool {
        switch self {
        case .status(413, _, _, _): true
        case .status(502, _, _, _), .status(504, _, _, _), .status(499, _, _, _), .unknownOutcome:
            size > Self.unsuspiciousSize
        default: false
        }
    }

    /// Whether the service is in trouble, whatever it was asked.
    var isTroubleOfService: Bool {
        switch self {
        case .notSent, .unknownOutcome, .busy: true
        case .status(let status, _, _, _): isTransient(status: status)
        default: false
        }
    }
}
