import Console
import RetryEngine

/// How often and how long the services are tried: the defaults of signing, with the options' changes.
struct CallLimits {
    var policy = RetryPolicy.signing
    /// The limit of one attempt; nil for none.
    var timeout: Duration? = RetryPolicy.signingAttemptLimit
    /// The limit of all calls together; nil for none.
    var deadline: Duration? = RetryPolicy.signingDeadline

    /// A file of certificates that count in TLS instead of the system's.
    var certificateAuthorities: String?

    init(_ options: RetryOptions) throws {
        if let attempts = try OptionValue.read(
            "--attempts", options.attempts, OptionValue.positiveCount)
        {
            policy.attempts = attempts
        }
        if let delays = try OptionValue.read("--delay", options.delay, OptionValue.durations) {
            policy.backoff = .list(delays)
        }
        if options.timeout != nil {
            timeout = try OptionValue.read("--timeout", options.timeout, OptionValue.limit) ?? nil
        }
        if options.deadline != nil {
            deadline =
                try OptionValue.read("--deadline", options.deadline, OptionValue.limit) ?? nil
        }
        certificateAuthorities = options.certificateAuthorities
        if let file = certificateAuthorities { _ = try InputFile(file) }
        try policy.validate()
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
