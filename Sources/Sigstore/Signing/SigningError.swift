package import HTTP
package import OCI
package import OpenIDConnect

/// Why nothing was signed: the phase that has failed, and how.
package struct SigningError: Error, Equatable, CustomStringConvertible {
    package let phase: SigningPhase
    package let failureClass: FailureClass
    /// A name for machines that does not change.
    package let className: String
    /// A log may have the entry all the same.
    package let mayBeLogged: Bool
    package let description: String
    /// The way out, where the failure itself names one.
    package let hint: String?

    package init(
        _ phase: SigningPhase, _ failureClass: FailureClass, className: String,
        mayBeLogged: Bool = false, hint: String? = nil, _ description: String
    ) {
        self.phase = phase
        self.failureClass = failureClass
        self.className = className
        self.mayBeLogged = mayBeLogged
        self.hint = hint
        self.description = description
    }

    package init(_ phase: SigningPhase, _ failure: some PhaseFailure) {
        self.init(
            phase, failure.failureClass, className: failure.className,
            mayBeLogged: failure.mayBeLogged, hint: failure.hint, "\(failure)")
    }

    static func cancelled(_ phase: SigningPhase, after last: String) -> SigningError {
        SigningError(phase, .cancelled, className: "cancelled", "cancelled after: \(last)")
    }

    static func noTime(_ phase: SigningPhase) -> SigningError {
        SigningError(
            phase, .deadline, className: "deadline",
            "no time is left for the phase '\(phase.rawValue)'")
    }
}

/// A failure of one of the services, or of what is done with its answers.
package protocol PhaseFailure: Error, CustomStringConvertible {
    var failureClass: FailureClass { get }
    var className: String { get }
    /// A log may have an entry all the same.
    var mayBeLogged: Bool { get }
    /// The way out, where there is one to name.
    var hint: String? { get }
}

extension PhaseFailure {
    package var mayBeLogged: Bool { false }
    package var hint: String? { nil }
}

extension IdentityError: PhaseFailure {}
extension FulcioError: PhaseFailure {}
extension TimestampAuthorityError: PhaseFailure {}
extension RekorError: PhaseFailure {}
extension RegistryError: PhaseFailure {}

extension VerificationFailure: PhaseFailure {
    package var failureClass: FailureClass { .permanent }
}
