import Console
import RetryEngine

/// How often and how long the services are tried: the defaults of signing, with the options' changes.
struct CallLimits {
    var policy = RetryPolicy.signing
    /// The limit of one attempt; nil for none.
    var timeout: Duration? = RetryPolicy.signingAttemptLimit
    /// The limit of all calls together; nil for none.
    var deadline: Duration? = RetryPolicy.signingDeadline
    /// Whether the user has set the deadline: then it is that of all work, not only of the calls.
    private(set) var isDeadlineGiven = false

    /// A file of certificates that count in TLS instead of the system's.
    var certificateAuthorities: String?

    init(_ options: RetryOptions) throws {
        if options.attempts != nil, options.forever {
            throw UsageError("--attempts and --forever exclude each other; leave one out")
        }
        var words = PolicyWords()
        words.attempts = options.attempts
        words.isForever = options.forever
        words.delay = options.delay
        words.backoff = options.backoff
        words.maximumDelay = options.maximumDelay
        words.jitter = options.jitter
        words.seed = options.seed
        policy = try words.policy(from: policy)
        if options.timeout != nil {
            timeout = try OptionValue.read("--timeout", options.timeout, OptionValue.limit) ?? nil
        }
        if options.deadline != nil {
            deadline =
                try OptionValue.read("--deadline", options.deadline, OptionValue.limit) ?? nil
            isDeadlineGiven = true
        }
        certificateAuthorities = options.certificateAuthorities
        if let file = certificateAuthorities { try InputFile.check(file) }
    }

    /// Lets the time run.
    func start() {
        Cancellation.setDeadline(isDeadlineGiven ? deadline.map { .now + $0 } : nil)
    }

    /// The end of calls that begin now.
    var end: ContinuousClock.Instant {
        Cancellation.deadline ?? .now.advanced(by: deadline ?? .never)
    }

    /// The same for command lines that were written for cosign, where `--timeout` is the limit of
    /// everything.
    init(ofCosign options: RetryOptions) throws {
        var translated = options
        translated.timeout = nil
        translated.deadline = options.deadline ?? options.timeout
        try self.init(translated)
        if let deadline, let attempt = timeout { timeout = min(attempt, deadline) }
    }
}
