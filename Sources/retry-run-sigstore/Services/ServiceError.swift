/// A service that was needed and could not be had.
struct ServiceError: Error, CustomStringConvertible {
    let description: String
    /// Whether the deadline of the run is what ended it.
    let isTimeout: Bool

    /// The way out.
    var hint: String?

    var exitCode: ExitCode { isTimeout ? .timedOut : .unavailable }
}
