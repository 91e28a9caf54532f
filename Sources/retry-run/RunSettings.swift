import Console
import Patterns
import ProcessRunner
import RetryEngine
import RetryForecast

/// What a run is to do: the options with every default filled in, checked against each other.
struct RunSettings {
    var policy = RetryPolicy.command
    /// The limit of each attempt.
    var timeout: Duration?
    /// The limit of the whole run.
    var deadline: Duration?
    var ending = Ending()
    /// Descendants of the command whose parents are gone become ours, not process 1's.
    var adoptsOrphans = true
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
    var fleet: Fleet?
    var annotation = Annotation.auto
    var isQuiet = false
    var isVerbose = false

    /// Nothing but the defaults.
    init() {}

    /// - Parameter variable: the options from `RETRY_RUN_OPTS` alone; where two options exclude
    ///   each other, the command line wins.
    init(_ options: RunOptions, commandLine: RunOptions, variable: RunOptions?) throws {
        policy = try Self.policy(options, commandLine, variable)
        try setLimits(options)
        try setRules(options)
        successIf = options.successIf
        beforeRetry = options.beforeRetry
        onGiveUp = options.onGiveUp
        adoptsOrphans = !options.noSubreaper
        replaysInput = options.replayStdin
        holdsOutput = options.holdStdout
        holdsError = options.holdStderr
        report = options.report
        if report?.isEmpty == true {
            throw UsageError("--report needs the name of a file, got ''")
        }
        isDryRun = options.dryRun
        annotation =
            try OptionValue.read("--annotate", options.annotate, Annotation.init) ?? .auto
        if commandLine.quiet && commandLine.verbose {
            throw UsageError("--quiet and --verbose exclude each other; leave one of them out")
        }
        isQuiet = options.quiet && !commandLine.verbose
        isVerbose = options.verbose && !commandLine.quiet && !isQuiet
    }

    /// The options of a fleet are looked at together, from wherever they come.
    mutating func setFleet(_ options: RunOptions) throws {
        let jobs = try OptionValue.read("--fleet", options.fleet, OptionValue.fleet)
        let outage = try OptionValue.read("--outage", options.outage, OptionValue.outage)
        if jobs == nil && outage == nil { return }
        guard let jobs else { throw UsageError("--outage needs --fleet N, the number of runs") }
        guard let outage else {
            throw UsageError("--fleet needs --outage DURATION, for how long the service is down")
        }
        guard isDryRun else {
            throw UsageError("--fleet and --outage are simulated, never run; add --dry-run")
        }
        fleet = Fleet(jobs: jobs, outage: outage)
    }

    private mutating func setLimits(_ options: RunOptions) throws {
        timeout = try OptionValue.read("-t, --timeout", options.timeout, OptionValue.limit) ?? nil
        deadline =
            try OptionValue.read("-T, --deadline", options.deadline, OptionValue.limit) ?? nil
        if let signal = try OptionValue.read("-s, --signal", options.signal, OptionValue.signal) {
            ending.signal = signal
        }
        let grace = try OptionValue.read("-k, --kill-after", options.killAfter, OptionValue.limit)
        if let grace { ending.gracePeriod = grace }
    }

    private mutating func setRules(_ options: RunOptions) throws {
        judge.retryOn =
            try OptionValue.read("--retry-on", options.retryOn, ConditionList.init(text:))
        judge.stopOn =
            try OptionValue.read("--stop-on", options.stopOn, ConditionList.init(text:))
            ?? .notExecutable
        let preset = try OptionValue.read("--preset", options.preset, Preset.init(named:))
        judge.successPatterns = try Self.rules(
            "success", options.successIfOutput, options.successIfOutputStdout,
            options.successIfOutputStderr)
        judge.stopPatterns =
            try Self.rules(
                "stop", options.stopIfOutput, options.stopIfOutputStdout,
                options.stopIfOutputStderr) + (preset?.stop ?? [])
        judge.retryPatterns =
            try Self.rules(
                "retry", options.retryIfOutput, options.retryIfOutputStdout,
                options.retryIfOutputStderr) + (preset?.retry ?? [])
        failOnFlaky =
            try OptionValue.read("--fail-on-flaky", options.failOnFlaky, OptionValue.failureCode)
    }

    private static func rules(
        _ verb: String, _ either: [String], _ output: [String], _ error: [String]
    ) throws -> [Judge.PatternRule] {
        let streams: [([String], String, Judge.Stream)] = [
            (either, "output", .either), (output, "stdout", .output), (error, "stderr", .error),
        ]
        return try streams.flatMap { texts, name, stream in
            try texts.compactMap { text in
                try OptionValue.read("--\(verb)-if-\(name)", text) {
                    try Pattern($0, for: .lines)
                }
            }
            .map { Judge.PatternRule(pattern: $0, stream: stream) }
        }
    }

    private static func policy(
        _ options: RunOptions, _ commandLine: RunOptions, _ variable: RunOptions?
    ) throws -> RetryPolicy {
        for source in [commandLine, variable] where source?.attempts != nil {
            if source?.forever == true {
                throw UsageError("--attempts and --forever exclude each other; leave one out")
            }
        }
        var words = PolicyWords()
        words.attempts = options.attempts
        words.isForever = options.forever && commandLine.attempts == nil
        words.delay = options.delay
        words.backoff = options.backoff
        words.maximumDelay = options.maximumDelay
        words.jitter = options.jitter
        words.seed = options.seed
        return try words.policy(from: .command)
    }
}
