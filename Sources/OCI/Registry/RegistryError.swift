package import HTTP

/// Why a registry has not given or taken what it was asked to.
package enum RegistryError: Error, Equatable, Sendable {
    /// The registry is in trouble, whatever it is asked: asking again may help.
    case unavailable(String, status: Int? = nil, retryAfter: Duration?)
    /// What this call is about is not as it will be in a moment.
    case notYet(String)
    /// The exchange has failed; the address is named where there was a request.
    case exchange(HTTPFailure, at: String?)
    /// Who we are is not enough. `hint`: the permission that it takes.
    case denied(String, hint: String)
    /// The registry has said that it is not there.
    case notFound(String)
    /// The registry does not take what OCI 1.1 has brought.
    case unsupported(String)
    case refused(String)
    /// An answer that is not to be believed.
    case untrustworthy(String)
    /// The credentials on this machine cannot be used.
    case credentials(String)
}

extension RegistryError {
    /// What asking again would do.
    package var failureClass: FailureClass {
        switch self {
        case .unavailable, .notYet: .unknownOutcome
        case .exchange(let failure, _): failure.failureClass
        default: .permanent
        }
    }

    package static let credentialsClass = "credentials"

    /// A word for machines that does not change.
    package var className: String {
        switch self {
        case .unavailable, .notYet: "unavailable"
        case .exchange(let failure, _): failure.className
        case .denied: "registry-denied"
        case .notFound: "not-found"
        case .unsupported: "registry-unsupported"
        case .refused: "registry-refused"
        case .untrustworthy: "registry-answer"
        case .credentials: Self.credentialsClass
        }
    }

    /// The way out, where there is one to name.
    package var hint: String? {
        switch self {
        case .denied(_, let hint): hint
        case .unsupported:
            "--legacy writes the old form beside the new one; a registry that takes neither can have its "
                + "signatures in another repository: --to REPOSITORY"
        default: nil
        }
    }
}

extension RegistryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let reason, _, let pause):
            reason + HTTPFailure.told(pause)
        case .exchange(let failure, let place): (place.map { "\($0): " } ?? "") + "\(failure)"
        case .denied(let reason, _), .notFound(let reason), .unsupported(let reason),
            .refused(let reason), .untrustworthy(let reason), .credentials(let reason),
            .notYet(let reason):
            reason
        }
    }
}

extension RegistryError {
    /// How an attempt has failed by it.
    var failure: HTTPFailure {
        switch self {
        case .exchange(let failure, _): failure
        case .unavailable(let reason, let status, let pause):
            .busy(reason: reason, status: status, retryAfter: pause)
        case .notYet(let reason): .notYet(reason: reason)
        default: .transfer(reason: "\(self)")
        }
    }

    /// Why a call has ended without an answer.
    ///
    /// - Parameter last: What the last attempt has failed by, in words of the registry.
    package init(_ error: HTTPError, after last: RegistryError?) {
        switch (error.failure, last) {
        case (.deadlineExceeded(last: nil), _), (.cancelled, _):
            self = .exchange(error.failure, at: error.call)
        case (.deadlineExceeded, _): self = .exchange(error.failure, at: nil)
        case (.tooLarge(let limit), _):
            self = .untrustworthy("\(error.call): the answer is longer than \(limit) bytes")
        case (let failure, let last?) where last.failure == failure: self = last
        case (.busy(let reason, let status, let pause), _):
            self = .unavailable(reason, status: status, retryAfter: pause)
        case (.notYet(let reason), _): self = .notYet(reason)
        case (let failure, _): self = .exchange(failure, at: error.call)
        }
    }
}
