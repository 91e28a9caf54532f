import ArgumentParser
import Console
import ProcessRunner
import Reports
import RetryEngine

/// The command line of the wrapper, as it was typed; `RunSettings` gives the words their meaning.
///
/// The values are of `String`: each further type costs the parser 0.1 ms.
struct RunOptions: ParsableArguments {
    @OptionGroup
    var retry: RetryOptions<CommandTexts>

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
            "The grace period between that signal and KILL; 0 never kills. (default: 5s)",
            valueName: "duration"))
    var killAfter: String?

    @Flag(
        help: "Let orphans of the command fall to process 1, for one that waits for getppid() == 1."
    )
    var noSubreaper = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Retry only these: exit codes (1,5-9), signals (SEGV), timeout, spawn.",
            valueName: "list"))
    var retryOn: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Never retry these. (default: 126,127)", valueName: "list"))
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
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A named set of rules; see retry-run presets. Repeatable.", valueName: "name"),
        completion: .list(Preset.words))
    var preset: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Wait as long, or until then, as the output that matches says.", valueName: "regex"))
    var delayFromOutput: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Exit with this code when giving up on a failure that was worth another attempt: 1-255 or tempfail.",
            valueName: "code"))
    var giveUpCode: String?

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
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Write a report; its suffix says in which form (.json, .xml, .html). May be repeated.",
            valueName: "file"),
        completion: .file())
    var report: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The form of the report whatever its suffix: json, junit or html.",
            valueName: "form"),
        completion: .list(ReportFormat.words))
    var reportFormat: String?

    @Flag(
        name: .letter("n", "dry-run"),
        help: "Print the schedule and the worst-case duration; run nothing.")
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
            "With --fleet: draw the retries over time into this file, as SVG.",
            valueName: "file"),
        completion: .file())
    var plot: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tell a CI system of retries: auto, github, gitlab, buildkite or none. (default: auto)",
            valueName: "where"),
        completion: .list(Annotation.words))
    var annotate: String?

    @Flag(name: .letter("q", "quiet"), help: "Print errors only.")
    var quiet = false

    @Flag(name: .letter("v", "verbose"), help: "Say more about each attempt.")
    var verbose = false

    @Flag(help: "Say for each attempt which rule decided.")
    var explain = false

    @Flag(name: .letter("V", "version"), help: "Show the version.")
    var version = false

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp(
            "The command and its arguments, passed on unchanged.", valueName: "command"))
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

    /// `--retry-if-stdout`, and the same spelled out.
    fileprivate static func stream(_ verb: String, _ stream: String) -> NameSpecification {
        [.customLong("\(verb)-if-\(stream)"), .customLong("\(verb)-if-output-\(stream)")]
    }
}

/// Attempts and pauses of a command.
enum CommandTexts: RetryOptionTexts {
    static let attempts = "Total attempts. (default: 3)"
    static let delay = "Pauses between attempts; the last one repeats. (default: 5s,10s)"
    static let backoffNames = NameSpecification.joined("b", "backoff")
    static let timeout = "The limit of each attempt. (default: none)"
    static let deadline =
        "The limit of the whole run: attempts, pauses and hooks. (default: none)"
}
