package import ArgumentParser
package import RetryEngine

/// The options about attempts, pauses and limits, which the wrapper and the signing verbs have in common.
///
/// All that is known of such an option stands here: its names, its help, its place in `RETRY_RUN_OPTS`,
/// and what it makes of a policy.
package struct RetryOptions<Texts: RetryOptionTexts>: ParsableArguments {
    @Option(
        name: .joined("a", "attempts"), parsing: .unconditional,
        help: ArgumentHelp(Texts.attempts, valueName: "n"))
    package var attempts: String?

    @Flag(help: "No limit on attempts.")
    package var forever = false

    @Option(
        name: .joined("d", "delay"), parsing: .unconditional,
        help: ArgumentHelp(Texts.delay, valueName: "list"))
    package var delay: String?

    @Option(
        name: Texts.backoffNames, parsing: .unconditional,
        help: ArgumentHelp(
            "Compute the pauses from the first delay: fixed, linear or exponential[:FACTOR].",
            valueName: "rule"),
        completion: .list(BackoffRule.words))
    package var backoff: String?

    @Option(
        name: .joined("m", "max-delay"), parsing: .unconditional,
        help: ArgumentHelp("The longest computed pause. (default: 60s)", valueName: "duration"))
    package var maximumDelay: String?

    @Option(
        name: .joined("j", "jitter"), parsing: .unconditional,
        help: ArgumentHelp(
            "Spread the pauses: none, full, equal, decorrelated or a duration. (default: none)",
            valueName: "kind"),
        completion: .list(Jitter.words))
    package var jitter: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Make the jitter repeatable.", valueName: "n"))
    package var seed: String?

    @Option(
        name: .joined("t", "timeout"), parsing: .unconditional,
        help: ArgumentHelp(Texts.timeout, valueName: "duration"))
    package var timeout: String?

    @Option(
        name: .joined("T", "deadline"), parsing: .unconditional,
        help: ArgumentHelp(Texts.deadline, valueName: "duration"))
    package var deadline: String?

    package init() {}

    /// The options of a command line without any.
    package static var none: Self {
        var options = Self()
        for option in plainOptions { option.clear(&options) }
        return options
    }

    /// The same options for those who read them without the parser, with the letters of the wrapper.
    package static var plainOptions: [PlainOption<Self>] {
        [
            .value("a", "attempts") { $0.attempts = $1 },
            .flag(nil, "forever") { $0.forever = $1 },
            .value("d", "delay") { $0.delay = $1 },
            .value("b", "backoff") { $0.backoff = $1 },
            .value("m", "max-delay") { $0.maximumDelay = $1 },
            .value("j", "jitter") { $0.jitter = $1 },
            .value(nil, "seed") { $0.seed = $1 },
            .value("t", "timeout") { $0.timeout = $1 },
            .value("T", "deadline") { $0.deadline = $1 },
        ]
    }
}

/// What the same option says of itself in the help of each executable.
package protocol RetryOptionTexts: SendableMetatype {
    static var attempts: String { get }
    static var delay: String { get }
    static var backoffNames: NameSpecification { get }
    static var timeout: String { get }
    static var deadline: String { get }
}

// MARK: - Values

extension RetryOptions {
    /// The policy that they make of the default one, whose pauses are a list.
    ///
    /// - Throws: `UsageError` that names the option.
    package func policy(from defaults: RetryPolicy) throws -> RetryPolicy {
        var policy = defaults
        let count = try OptionValue.read(
            "-a, --attempts", attempts, OptionValue.positiveCount)
        if let count { policy.attempts = count }
        if forever { policy.attempts = nil }
        policy.jitter = try OptionValue.read("-j, --jitter", jitter, OptionValue.jitter) ?? .none
        policy.seed = try OptionValue.read("--seed", seed, OptionValue.seed)

        let delays = try OptionValue.read("-d, --delay", delay, OptionValue.durations)
        let maximum = try readMaximumDelay()
        let rule = try OptionValue.read("--backoff", backoff, BackoffRule.init(text:))
        if let delays { policy.backoff = .list(delays) }
        try policy.set(rule, maximum: maximum)
        return policy
    }

    /// The longest pause: nil where the option was not given, nil in an optional for no limit.
    package func readMaximumDelay() throws -> Duration?? {
        try OptionValue.read("-m, --max-delay", maximumDelay, OptionValue.limit)
    }

    /// The limit of each attempt, in the same way.
    package func readTimeout() throws -> Duration?? {
        try OptionValue.read("-t, --timeout", timeout, OptionValue.limit)
    }

    /// The limit of the whole run, in the same way.
    package func readDeadline() throws -> Duration?? {
        try OptionValue.read("-T, --deadline", deadline, OptionValue.limit)
    }

    /// - Throws: `UsageError` for options of which one says what the other denies.
    package func refuseContradictions() throws {
        if attempts != nil, forever {
            throw UsageError("--attempts and --forever are mutually exclusive; leave one out")
        }
    }
}

extension RetryPolicy {
    fileprivate mutating func set(_ rule: BackoffRule?, maximum: Duration??) throws {
        let first = backoff.delay(after: 1)
        switch rule {
        case nil:
            maximumDelay = maximum ?? nil
        case .fixed:
            maximumDelay = maximum ?? nil
            backoff = .list([first])
        case .linear:
            maximumDelay = maximum ?? RetryPolicy.defaultMaximumDelay
            backoff = .linear(initial: first, maximum: maximumDelay)
        case .exponential(let factor):
            maximumDelay = maximum ?? RetryPolicy.defaultMaximumDelay
            backoff = .exponential(initial: first, factor: factor, maximum: maximumDelay)
        }
        do {
            try validate()
        } catch {
            throw UsageError("--delay, --max-delay: \(error)")
        }
    }
}

extension NameSpecification {
    /// The letter of an option, also joined with its value (`-a3`), and its long name.
    package static func joined(_ letter: Character, _ name: String) -> NameSpecification {
        [.customShort(letter, allowingJoined: true), .customLong(name)]
    }
}
