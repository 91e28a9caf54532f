import HTTP

/// Something of a service that was needed and could not be had.
struct ServiceError: Error, CustomStringConvertible {
    let description: String
    /// `permanent` for an answer that is not one to believe.
    let failureClass: FailureClass

    /// The way out.
    var hint: String?

    var exitCode: ExitCode {
        switch failureClass {
        case .permanent: .refused
        case .deadline: .timedOut
        case .notSent, .unknownOutcome, .cancelled: .unavailable
        }
    }
}
