import Console
import RetryEngine

/// How often and how long the services are tried: the defaults of signing, with the options' changes.
struct RetryConfiguration {
    var policy = RetryPolicy.signing
    /// The limit of one attempt; nil for none.
    var timeout: Duration? = RetryPolicy.signingAttemptLimit
    /// The limit of all calls together; nil for none.
    var deadline: Duration? = RetryPolicy.signingDeadline
    /// Whether the user has set the deadline: then it is that of all work, not only of the calls.
    private(set) var isDeadlineGiven = false

    /// A file of certificates that count in TLS instead of the system's.
    var certificateAuthorities: String?

    init(_ options: RetryOptions<CallTexts>, _ connection: ConnectionOptions? = nil) throws {
        try options.refuseContradictions()
        policy = try options.policy(from: policy)
        if let given = try options.readTimeout() { timeout = given }
        if let given = try options.readDeadline() {
            deadline = given
            isDeadlineGiven = true
        }
        certificateAuthorities = connection?.certificateAuthorities
        if let file = certificateAuthorities { try InputFile.check(file) }
    }

    /// Lets the time run, if it does not yet.
    func start() {
        if isDeadlineGiven, Cancellation.deadline != nil { return }
        Cancellation.setDeadline(isDeadlineGiven ? deadline.map { .now + $0 } : nil)
    }

    /// The end of the run; nil where only each signature has its own.
    var runEnd: ContinuousClock.Instant? { isDeadlineGiven ? Cancellation.deadline : nil }

    /// The longest that each signature may take; nil where only the run has an end, or nothing has.
    var limit: Duration? { isDeadlineGiven ? nil : deadline }

    /// The end of a single job that begins now; nil for none.
    var end: ContinuousClock.Instant? { runEnd ?? limit.map { .now.advanced(by: $0) } }

    /// The same for command lines that were written for cosign, where `--timeout` is the limit of
    /// everything.
    init(
        ofCosign options: RetryOptions<CallTexts>, _ connection: ConnectionOptions
    ) throws {
        var translated = options
        translated.timeout = nil
        translated.deadline = options.deadline ?? options.timeout
        try self.init(translated, connection)
        if let deadline, let attempt = timeout { timeout = min(attempt, deadline) }
    }
}
