package import RetryEngine

/// What the options about attempts and pauses say; nil for those that were not given.
package struct PolicyWords {
    package var attempts: String?
    package var isForever = false
    package var delay: String?
    package var backoff: String?
    package var maximumDelay: String?
    package var jitter: String?
    package var seed: String?

    package init() {}

    /// The longest computed pause, unless `--max-delay` says otherwise.
    private static let defaultMaximumDelay = Duration.seconds(60)

    /// The policy that they make of the default one, whose pauses are a list.
    ///
    /// - Throws: `UsageError` that names the option.
    package func policy(from defaults: RetryPolicy) throws -> RetryPolicy {
        var policy = defaults
        let count = try OptionValue.read(
            "-a, --attempts", attempts, OptionValue.positiveCount)
        if let count { policy.attempts = count }
        if isForever { policy.attempts = nil }
        policy.jitter = try OptionValue.read("-j, --jitter", jitter, OptionValue.jitter) ?? .none
        policy.seed = try OptionValue.read("--seed", seed, OptionValue.seed)

        let delays = try OptionValue.read("-d, --delay", delay, OptionValue.durations)
        let maximum = try OptionValue.read("-m, --max-delay", maximumDelay, OptionValue.limit)
        let rule = try OptionValue.read("--backoff", backoff, BackoffRule.init(text:))
        if let delays { policy.backoff = .list(delays) }
        try Self.set(&policy, maximum: maximum, rule)
        return policy
    }

    private static func set(
        _ policy: inout RetryPolicy, maximum: Duration??, _ rule: BackoffRule?
    ) throws {
        let first = policy.backoff.delay(after: 1)
        switch rule {
        case nil:
            policy.maximumDelay = maximum ?? nil
        case .fixed:
            policy.maximumDelay = maximum ?? nil
            policy.backoff = .list([first])
        case .linear:
            policy.maximumDelay = maximum ?? defaultMaximumDelay
            policy.backoff = .linear(initial: first, maximum: policy.maximumDelay)
        case .exponential(let factor):
            policy.maximumDelay = maximum ?? defaultMaximumDelay
            policy.backoff = .exponential(
                initial: first, factor: factor, maximum: policy.maximumDelay)
        }
        do {
            try policy.validate()
        } catch {
            throw UsageError("--delay, --max-delay: \(error)")
        }
    }
}

/// The rule behind `--backoff`.
package enum BackoffRule: Equatable {
    case fixed
    case linear
    case exponential(factor: Double)

    /// What `--backoff` takes without a factor.
    package static let words = ["fixed", "linear", "exponential"]

    package init(text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts[0], parts.dropFirst().first) {
        case ("fixed", nil): self = .fixed
        case ("linear", nil): self = .linear
        case ("exponential", nil): self = .exponential(factor: 2)
        case ("exponential", let factor?):
            guard let number = Double(factor), number >= 1, number.isFinite else {
                throw InvalidValue("the factor must be a number of at least 1, such as 1.5")
            }
            self = .exponential(factor: number)
        default: throw InvalidValue("expected fixed, linear, exponential or exponential:FACTOR")
        }
    }
}

extension OptionValue {
    static func seed(_ text: String) throws -> UInt64 {
        guard let seed = UInt64(text) else {
            throw InvalidValue("expected a whole number from 0 to \(UInt64.max)")
        }
        return seed
    }

    static func jitter(_ text: String) throws -> Jitter {
        if let jitter = Jitter.named[text] { return jitter }
        if let duration = Duration(text: text) { return .absolute(duration) }
        throw InvalidValue("expected none, full, equal, decorrelated or a duration such as 500ms")
    }
}

extension Jitter {
    fileprivate static let named: [String: Jitter] = [
        "none": .none, "full": .full, "equal": .equal, "decorrelated": .decorrelated,
    ]

    /// What `--jitter` takes beside a duration.
    package static let words = ["none", "full", "equal", "decorrelated"]
}
