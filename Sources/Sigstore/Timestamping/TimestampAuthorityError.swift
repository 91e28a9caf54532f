package import HTTP
package import SigningCrypto

/// No timestamp that proves anything.
package enum TimestampAuthorityError: Error, Equatable {
    case call(HTTPError)
    /// The authority has answered with a refusal.
    case refused(service: String, TimestampError)
    /// No authority of the trusted root has made the timestamp.
    case untrusted(service: String, reason: String)
}

extension TimestampAuthorityError {
    package var failureClass: FailureClass {
        if case .call(let error) = self { error.failureClass } else { .permanent }
    }

    /// A name for machines that does not change.
    package var className: String {
        switch self {
        case .call(let error): error.className
        case .refused: "refused"
        case .untrusted: "timestamp"
        }
    }
}

extension TimestampAuthorityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .call(let error): "timestamp authority: \(error)"
        case .refused(let service, let error): "timestamp authority: \(service): \(error)"
        case .untrusted(let service, let reason):
            "timestamp authority: \(service): the timestamp does not verify: \(reason)"
        }
    }
}
