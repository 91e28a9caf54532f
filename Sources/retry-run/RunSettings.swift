import ProcessRunner
import RetryEngine

/// A contradiction in the command line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What a run is to do: the options with every default filled in, checked against each other.
struct RunSettings {
    var policy = RetryPolicy.command
    /// The limit of each attempt.
    var timeout: Duration?
    /// The limit of the whole run.
    var deadline: Duration?
    var ending = Ending()
    var judge = Judge()
    var failOnFlaky: Int32?

    var successIf: String?
    var beforeRetry: String?
    var onGiveUp: String?

    var replaysInput = false
    var holdsOutput = false
    var holdsError = false

    var report: String?
    var isDryRun = false
    var annotation = Annotation.auto
    var isQuiet = false
    var isVerbose = false

    /// Nothing but the defaults.
    init() {}

    /// - Parameter variable: the options from `RETRY_RUN_OPTS` alone; where two options exclude
    ///   each other, the command line wins.
    init(_ options: RunOptions, commandLine: RunOptions, variable: RunOptions?) throws {
        policy = try Self.policy(options.schedule, commandLine.schedule, variable?.schedule)
        timeout = options.limits.timeout.flatMap(Self.limit)
        deadline = options.limits.deadline.flatMap(Self.limit)
        ending.signal = options.limits.signal ?? ending.signal
        if let grace = options.limits.killAfter { ending.gracePeriod = Self.limit(grace) }

        setRules(options.rules)
        successIf = options.hooks.successIf
        beforeRetry = options.hooks.beforeRetry
        onGiveUp = options.hooks.onGiveUp
        replaysInput = options.streams.replayStdin
        holdsOutput = options.streams.holdStdout
        holdsError = options.streams.holdStderr
        report = options.output.report
        if report?.isEmpty == true {
            throw UsageError("--report needs the name of a file, got ''")
        }
        isDryRun = options.output.dryRun
        annotation = options.output.annotate ?? .auto
        if commandLine.output.quiet && commandLine.output.verbose {
            throw UsageError("--quiet and --verbose exclude each other; leave one of them out")
        }
        isQuiet = options.output.quiet && !commandLine.output.verbose
        isVerbose = options.output.verbose && !commandLine.output.quiet && !isQuiet
    }

    /// A duration of 0 means no limit.
    private static func limit(_ duration: Duration) -> Duration? {
        duration == .zero ? nil : duration
    }

    private mutating func setRules(_ options: RuleOptions) {
        judge.retryOn = options.retryOn
        judge.stopOn = options.stopOn ?? .notExecutable
        let preset = options.preset
        judge.successPatterns = Self.rules(
            options.successIfOutput, options.successIfOutputStdout, options.successIfOutputStderr)
        judge.stopPatterns = Self.rules(
            options.stopIfOutput + (preset?.stop ?? []), options.stopIfOutputStdout,
            options.stopIfOutputStderr)
        judge.retryPatterns = Self.rules(
            options.retryIfOutput + (preset?.retry ?? []), options.retryIfOutputStdout,
            options.retryIfOutputStderr)
        failOnFlaky = options.failOnFlaky
    }

    private static func rules(
        _ either: [OutputPattern], _ output: [OutputPattern], _ error: [OutputPattern]
    ) -> [Judge.PatternRule] {
        either.map { .init(pattern: $0, stream: .either) }
            + output.map { .init(pattern: $0, stream: .output) }
            + error.map { .init(pattern: $0, stream: .error) }
    }

    private static func policy(
        _ options: ScheduleOptions, _ commandLine: ScheduleOptions, _ variable: ScheduleOptions?
    ) throws -> RetryPolicy {
        for source in [commandLine, variable] where source?.attempts != nil {
            if source?.forever == true {
                throw UsageError("--attempts and --forever exclude each other; leave one out")
            }
        }
        var policy = RetryPolicy.command
        if let attempts = options.attempts { policy.attempts = attempts }
        if options.forever && commandLine.attempts == nil { policy.attempts = nil }
        policy.jitter = options.jitter ?? .none
        policy.seed = options.seed

        let delays = options.delay ?? [.seconds(5), .seconds(10)]
        let first = delays.first ?? .zero
        let isComputed = options.backoff == .linear || options.backoff?.factor != nil
        policy.maximumDelay =
            options.maximumDelay.flatMap(limit)
            ?? (options.maximumDelay == nil && isComputed ? .seconds(60) : nil)
        switch options.backoff {
        case nil: policy.backoff = .list(delays)
        case .fixed: policy.backoff = .list([first])
        case .linear: policy.backoff = .linear(initial: first, maximum: policy.maximumDelay)
        case .exponential(let factor):
            policy.backoff = .exponential(
                initial: first, factor: factor, maximum: policy.maximumDelay)
        }
        do {
            try policy.validate()
        } catch {
            throw UsageError("--delay, --max-delay: \(error)")
        }
        return policy
    }
}

extension BackoffRule {
    fileprivate var factor: Double? {
        if case .exponential(let factor) = self { factor } else { nil }
    }
}
