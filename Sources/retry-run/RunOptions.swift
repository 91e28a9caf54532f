import ArgumentParser
import Console
import ProcessRunner
import RetryEngine

/// The command line of the wrapper, as it was typed; `RunSettings` gives the words their meaning.
///
/// One flat type with values of `String`: each further type costs the parser 0.1 ms at start-up.
struct RunOptions: ParsableArguments {
    @Option(
        name: .joined("a", "attempts"),
        parsing: .unconditional,
        help: ArgumentHelp("Total runs, not re-runs. (default: 3)", valueName: "n"))
    var attempts: String?

    @Flag(help: "No limit on attempts.")
    var forever = false

    @Option(
        name: .joined("d", "delay"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pauses between attempts; the last one repeats. (default: 5s,10s)", valueName: "list"))
    var delay: String?

    @Option(
        name: .joined("b", "backoff"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Compute the pauses from the first delay: fixed, linear or exponential[:FACTOR].",
            valueName: "rule"),
        completion: .list(BackoffRule.words))
    var backoff: String?

    @Option(
        name: .joined("m", "max-delay"),
        parsing: .unconditional,
        help: ArgumentHelp("The longest computed pause. (default: 60s)", valueName: "duration"))
    var maximumDelay: String?

    @Option(
        name: .joined("j", "jitter"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Spread the pauses: none, full, equal, decorrelated or a duration. (default: none)",
            valueName: "kind"),
        completion: .list(Jitter.words))
    var jitter: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Make the jitter repeatable.", valueName: "n"))
    var seed: String?

    @Option(
        name: .joined("t", "timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("The limit of each attempt. (default: none)", valueName: "duration"))
    var timeout: String?

    @Option(
        name: .joined("T", "deadline"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "The limit of the whole run: attempts, pauses and hooks. (default: none)",
            valueName: "duration"))
    var deadline: String?

    @Option(
        name: .joined("s", "signal"),
        parsing: .unconditional,
        help: ArgumentHelp("The signal that ends an attempt. (default: TERM)", valueName: "name"),
        completion: .list(Signal.words))
    var signal: String?

    @Option(
        name: .joined("k", "kill-after"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "The grace between that signal and KILL; 0 never kills. (default: 5s)",
            valueName: "duration"))
    var killAfter: String?

    @Flag(
        help: "Let orphans of the command fall to process 1, for one that waits for getppid() == 1."
    )
    var noSubreaper = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "All that is retried: exit codes (1,5-9), signals (SEGV), timeout, spawn.",
            valueName: "list"))
    var retryOn: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What is never retried. (default: 126,127)", valueName: "list"))
    var stopOn: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Retry a failure whose output matches.", valueName: "regex"))
    var retryIfOutput: [String] = []

    @Option(
        name: .stream("retry", "stdout"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stdout only.", valueName: "regex"))
    var retryIfOutputStdout: [String] = []

    @Option(
        name: .stream("retry", "stderr"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stderr only.", valueName: "regex"))
    var retryIfOutputStderr: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Stop at a failure whose output matches.", valueName: "regex"))
    var stopIfOutput: [String] = []

    @Option(
        name: .stream("stop", "stdout"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stdout only.", valueName: "regex"))
    var stopIfOutputStdout: [String] = []

    @Option(
        name: .stream("stop", "stderr"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stderr only.", valueName: "regex"))
    var stopIfOutputStderr: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Succeed when the output matches, whatever the code.", valueName: "regex"))
    var successIfOutput: [String] = []

    @Option(
        name: .stream("success", "stdout"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stdout only.", valueName: "regex"))
    var successIfOutputStdout: [String] = []

    @Option(
        name: .stream("success", "stderr"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The same, looking at stderr only.", valueName: "regex"))
    var successIfOutputStderr: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("A named set of rules: sigstore.", valueName: "name"),
        completion: .list(Preset.words))
    var preset: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Turn a success after a retry into this exit code (1-255).", valueName: "code"))
    var failOnFlaky: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Run by sh -c after a failed attempt; exit 0 means the run has succeeded.",
            valueName: "command"))
    var successIf: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Run by sh -c before each further attempt.", valueName: "command"))
    var beforeRetry: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Run by sh -c when the run has failed.", valueName: "command"))
    var onGiveUp: String?

    @Flag(name: .letter("I", "replay-stdin"), help: "Give every attempt the same stdin.")
    var replayStdin = false

    @Flag(
        name: .letter("O", "hold-stdout"),
        help: "Only the final attempt's stdout reaches stdout; earlier stdout goes to stderr.")
    var holdStdout = false

    @Flag(
        name: .letter("E", "hold-stderr"), help: "Only the final attempt's stderr reaches stderr.")
    var holdStderr = false

    @Option(
        name: .joined("R", "report"),
        parsing: .unconditional, help: ArgumentHelp("Write a JSON report.", valueName: "file"),
        completion: .file())
    var report: String?

    @Flag(
        name: .letter("n", "dry-run"),
        help: "Print the schedule and the worst-case wall clock, run nothing.")
    var dryRun = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --dry-run: how many such runs start together, for their load on a service.",
            valueName: "n"))
    var fleet: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --fleet: how long the service is down.", valueName: "duration"))
    var outage: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "GitHub annotations: auto, github or none. (default: auto)", valueName: "where"),
        completion: .list(Annotation.words))
    var annotate: String?

    @Flag(name: .letter("q", "quiet"), help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .letter("v", "verbose"), help: "Say more about each attempt.")
    var verbose = false

    @Flag(name: .letter("V", "version"), help: "Show the version.")
    var version = false

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp(
            "The command and its arguments, taken as they are.", valueName: "command"))
    var command: [String] = []

    /// A failure could become a success.
    var saysWhatSucceeds: Bool {
        successIf != nil
            || ![successIfOutput, successIfOutputStdout, successIfOutputStderr].allSatisfy(
                \.isEmpty)
    }
}

extension NameSpecification {
    /// The letter and the long name of a flag.
    fileprivate static func letter(_ letter: Character, _ name: String) -> NameSpecification {
        [.customShort(letter), .customLong(name)]
    }

    /// The letter of an option, also joined with its value (`-a3`), and its long name.
    fileprivate static func joined(_ letter: Character, _ name: String) -> NameSpecification {
        [.customShort(letter, allowingJoined: true), .customLong(name)]
    }

    /// `--retry-if-stdout`, and the same spelled out.
    fileprivate static func stream(_ verb: String, _ stream: String) -> NameSpecification {
        [.customLong("\(verb)-if-\(stream)"), .customLong("\(verb)-if-output-\(stream)")]
    }
}
