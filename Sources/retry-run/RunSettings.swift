import Console
import Patterns
import ProcessRunner
import Reports
import RetryEngine
import RetryForecast

/// What a run is to do: the options with every default filled in, checked against each other.
struct RunSettings {
    var policy = RetryPolicy.command
    /// The limit of each attempt.
    var timeout: Duration?
    /// The limit of the whole run.
    var deadline: Duration?
    var termination = TerminationPolicy()
    /// Descendants of the command whose parents are gone become ours, not process 1's.
    var adoptsOrphans = true
    var judge = Judge()
    var failOnFlaky: Int32?
    /// The exit code of a run that has failed although another attempt might have helped.
    var giveUpCode: Int32?

    var successIf: String?
    var beforeRetry: String?
    var onGiveUp: String?

    var replaysInput = false
    var holdsOutput = false
    var holdsError = false

    var reports: [ReportFile] = []
    var isDryRun = false
    var fleet: Fleet?
    /// Where the picture of the fleet goes.
    var plot: String?
    var annotation = Annotation.auto
    var isQuiet = false
    var isVerbose = false
    /// Says of each attempt which rule decided.
    var explains = false

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
        let format = try OptionValue.read(
            "--report-format", options.reportFormat, ReportFormat.init(text:))
        reports = try (commandLine.report.isEmpty ? options.report : commandLine.report).map {
            try ReportFile(path: $0, format: format)
        }
        isDryRun = options.dryRun
        annotation =
            try OptionValue.read("--annotate", options.annotate, Annotation.init) ?? .auto
        if commandLine.quiet && commandLine.verbose {
            throw UsageError("--quiet and --verbose are mutually exclusive; leave one of them out")
        }
        isQuiet = options.quiet && !commandLine.verbose
        isVerbose = options.verbose && !commandLine.quiet && !isQuiet
        explains = options.explain
    }

    /// The options of a fleet are looked at together, from wherever they come.
    mutating func setFleet(_ options: RunOptions) throws {
        let jobs = try OptionValue.read("--fleet", options.fleet, OptionValue.fleet)
        let outage = try OptionValue.read("--outage", options.outage, OptionValue.outage)
        if jobs == nil && outage == nil && options.plot == nil { return }
        guard let jobs else {
            let option = outage == nil ? "--plot" : "--outage"
            throw UsageError("\(option) needs --fleet N, the number of runs")
        }
        guard let outage else {
            throw UsageError("--fleet needs --outage DURATION, for how long the service is down")
        }
        guard isDryRun else {
            throw UsageError("--fleet and --outage are simulated, never run; add --dry-run")
        }
        plot = options.plot
        if plot?.isEmpty == true { throw UsageError("--plot needs the name of a file, got ''") }
        fleet = Fleet(jobs: jobs, outage: outage)
    }

    private mutating func setLimits(_ options: RunOptions) throws {
        timeout = try options.retry.readTimeout() ?? nil
        deadline = try options.retry.readDeadline() ?? nil
        if let signal = try OptionValue.read("-s, --signal", options.signal, OptionValue.signal) {
            termination.signal = signal
        }
        let grace = try OptionValue.read("-k, --kill-after", options.killAfter, OptionValue.limit)
        if let grace { termination.gracePeriod = grace }
    }

    private mutating func setRules(_ options: RunOptions) throws {
        judge.retryOn =
            try OptionValue.read("--retry-on", options.retryOn, ConditionList.init(text:))
        judge.stopOn =
            try OptionValue.read("--stop-on", options.stopOn, ConditionList.init(text:))
        judge.successPatterns = try Self.rules(
            "success", options.successIfOutput, options.successIfOutputStdout,
            options.successIfOutputStderr)
        judge.stopPatterns =
            try Self.rules(
                "stop", options.stopIfOutput, options.stopIfOutputStdout,
                options.stopIfOutputStderr)
        judge.retryPatterns =
            try Self.rules(
                "retry", options.retryIfOutput, options.retryIfOutputStdout,
                options.retryIfOutputStderr)
        let presets = try options.preset.compactMap {
            try OptionValue.read("--preset", $0, Preset.init(named:))
        }
        if !presets.isEmpty { judge.presets = PresetSelection(presets) }
        judge.delayPatterns = try options.delayFromOutput.compactMap { text in
            try OptionValue.read("--delay-from-output", text) {
                try Pattern($0, for: .lines, capturing: true)
            }
        }
        if judge.readsDelays {
            let limit = try options.retry.readMaximumDelay()
            policy.toldDelayLimit = (limit ?? RetryPolicy.defaultMaximumDelay) ?? .longest
        }
        failOnFlaky =
            try OptionValue.read("--fail-on-flaky", options.failOnFlaky, OptionValue.failureCode)
        giveUpCode =
            try OptionValue.read("--give-up-code", options.giveUpCode, OptionValue.giveUpCode)
    }

    private static func rules(
        _ verb: String, _ either: [String], _ output: [String], _ error: [String]
    ) throws -> [Judge.PatternRule] {
        let streams: [([String], String, Judge.Stream)] = [
            (either, "output", .either), (output, "stdout", .output), (error, "stderr", .error),
        ]
        return try streams.flatMap { texts, name, stream in
            let option = "--\(verb)-if-\(name)"
            return try texts.compactMap { text in
                try OptionValue.read(option, text) { try Pattern($0, for: .lines) }
            }
            .map { Judge.PatternRule(pattern: $0, stream: stream, option: option) }
        }
    }

    private static func policy(
        _ options: RunOptions, _ commandLine: RunOptions, _ variable: RunOptions?
    ) throws -> RetryPolicy {
        for source in [commandLine, variable] { try source?.retry.refuseContradictions() }
        var retry = options.retry
        if commandLine.retry.attempts != nil { retry.forever = false }
        return try retry.policy(from: .command)
    }
}
