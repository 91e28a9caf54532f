import Console
import Patterns
import ProcessRunner
import Reports
import RetryEngine
import RetryForecast
import Testing

@testable import retry_run

@Suite("What options become")
struct RunSettingsTests {
    private func described(_ settings: RunSettings) -> String {
        var text = ""
        dump(settings, to: &text)
        return text
    }

    @Test("without any option the settings are those of a run that parses none")
    func defaults() throws {
        #expect(try described(RunSettings("")) == described(RunSettings()))
        #expect(try described(RunSettings("", variable: "")) == described(RunSettings()))
    }

    @Test("by default: three attempts with pauses of 5 s and 10 s, no limits, TERM and 5 s to KILL")
    func documented() throws {
        let settings = try RunSettings("")

        #expect(settings.policy.attempts == 3)
        #expect(settings.policy.backoff == .list([.seconds(5), .seconds(10)]))
        #expect(settings.policy.jitter == .none)
        #expect(settings.timeout == nil && settings.deadline == nil)
        #expect(settings.termination.signal == .terminate)
        #expect(settings.termination.gracePeriod == .seconds(5))
        #expect(settings.adoptsOrphans)
        #expect(settings.annotation == .auto)
    }

    @Test(
        "0 and what no clock can wait for are no limit", arguments: ["0", "0ms", "inf", "15300w"])
    func noLimit(text: String) throws {
        let settings = try RunSettings("-t \(text) -T \(text) -k \(text)")

        #expect(settings.timeout == nil && settings.deadline == nil)
        #expect(settings.termination.gracePeriod == nil)
    }

    @Test(
        "computed pauses are capped at a minute, those of a list where --max-delay is given",
        arguments: [
            ("-d 90s", nil, .list([.seconds(90)])),
            ("-d 90s,1s -m 30s", .seconds(30), .list([.seconds(90), .seconds(1)])),
            ("-d 2s,9s -b fixed", nil, .list([.seconds(2)])),
            (
                "-d 2s,9s -b linear", .seconds(60),
                .linear(initial: .seconds(2), maximum: .seconds(60))
            ),
            (
                "-b exponential:1.5 -m 5m", .seconds(300),
                .exponential(initial: .seconds(5), factor: 1.5, maximum: .seconds(300))
            ),
            ("-d 90s -b linear -m 0", nil, .linear(initial: .seconds(90), maximum: nil)),
        ] as [(String, Duration?, Backoff)])
    func pauses(options: String, maximum: Duration?, backoff: Backoff) throws {
        let policy = try RunSettings(options).policy

        #expect(policy.backoff == backoff)
        #expect(policy.maximumDelay == maximum)
    }

    @Test(
        "what the output may ask for is bounded by --max-delay or a minute, where it is looked at",
        arguments: [
            ("", nil), ("-m 5s", nil), ("--retry-if-output x", nil),
            ("--preset git", .seconds(60)), ("--delay-from-output x -m 5s", .seconds(5)),
            ("--preset git -m 5m", .seconds(300)), ("--preset git -m 0", .longest),
        ] as [(String, Duration?)])
    func toldDelayLimit(options: String, limit: Duration?) throws {
        #expect(try RunSettings(options).policy.toldDelayLimit == limit)
    }

    @Test("both spellings of a stream's pattern are one option, told by the short one")
    func spellings() throws {
        let judge = try RunSettings("--stop-if-output-stderr a --stop-if-stderr b").judge

        #expect(judge.stopPatterns.map(\.pattern.source) == ["a", "b"])
        #expect(judge.stopPatterns.allSatisfy { $0.option == "--stop-if-stderr" })
        #expect(judge.stopPatterns.allSatisfy { $0.stream == .error })
    }

    @Test("--report-format is the form of every report, else each has that of its suffix")
    func reportFormats() throws {
        let files = "-R a.xml -R b.html -R c"

        #expect(try RunSettings(files).reports.map(\.format) == [.junit, .html, .json])
        #expect(
            try RunSettings("\(files) --report-format junit").reports.map(\.format)
                == [.junit, .junit, .junit])
    }

    @Test("the options of a fleet become one, with --dry-run and without a plot as well")
    func fleet() throws {
        let settings = try RunSettings("-n --fleet 3 --outage 5m --plot f.svg")
        #expect(settings.fleet == Fleet(jobs: 3, outage: .seconds(300)))
        #expect(settings.plot == "f.svg")

        let split = try RunSettings("-n --outage 5m", variable: "--fleet 3 --outage 1s")
        #expect(split.fleet == Fleet(jobs: 3, outage: .seconds(300)))
        #expect(split.plot == nil)
    }

    @Test(
        "options that exclude or need each other are refused, and the one at fault is named",
        arguments: [
            ("-q -v", "--quiet and --verbose"), ("-R ''", "--report needs"),
            ("-n --plot f.svg", "--plot needs --fleet"),
            ("-n --plot f.svg --outage 5s", "--outage needs --fleet"),
            ("-n --plot f.svg --fleet 3", "--fleet needs --outage"),
            ("-n --plot '' --fleet 3 --outage 5s", "--plot needs"),
            ("--plot f.svg --fleet 3 --outage 5s", "--fleet and --outage are simulated"),
        ])
    func refused(options: String, start: String) {
        let error = #expect(throws: UsageError.self) { try RunSettings(options) }

        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "")")
    }
}

@Suite("Options of the command line beside those of RETRY_RUN_OPTS")
struct VariableSettingsTests {
    @Test(
        "of a number of attempts and no limit on them, that of the command line counts",
        arguments: [
            ("-a 9", "", 9), ("-a 9", "-a 2", 2), ("-a 9", "--forever", nil),
            ("--forever", "-a 2", 2), ("--forever", "-d 0", nil),
        ] as [(String, String, Int?)])
    func attempts(variable: String, commandLine: String, expected: Int?) throws {
        #expect(try RunSettings(commandLine, variable: variable).policy.attempts == expected)
    }

    @Test("of both in the variable neither counts, whatever the command line says")
    func contradiction() {
        for commandLine in ["", "-a 3", "--forever"] {
            #expect(throws: UsageError.self) {
                try RunSettings(commandLine, variable: "-a 2 --forever")
            }
        }
    }

    @Test(
        "of --quiet and --verbose that of the command line counts",
        arguments: [
            ("-q", "", "quiet"), ("-v", "", "verbose"), ("-q", "-v", "verbose"),
            ("-v", "-q", "quiet"), ("-q", "-q", "quiet"), ("-a 2", "-v", "verbose"),
            ("-a 2", "", ""),
        ])
    func loudness(variable: String, commandLine: String, expected: String) throws {
        let settings = try RunSettings(commandLine, variable: variable)

        #expect(settings.isQuiet == (expected == "quiet"))
        #expect(settings.isVerbose == (expected == "verbose"))
    }

    @Test("patterns, presets and what tells pauses add up, the variable's first")
    func addUp() throws {
        let judge = try RunSettings(
            "--stop-if-output b --preset git --delay-from-output b",
            variable: "--stop-if-output a --preset npm --delay-from-output a"
        ).judge

        #expect(judge.stopPatterns.map(\.pattern.source) == ["a", "b"])
        #expect(judge.presets?.presets.map(\.name) == ["npm", "git"])
        #expect(judge.delayPatterns.map(\.source) == ["a", "b"])
    }

    @Test("of lists and limits the command line's replace the variable's")
    func replace() throws {
        let settings = try RunSettings(
            "--retry-on 1 --stop-on 3 -T 0 -d 1s",
            variable: "--retry-on 2 --stop-on 4 -T 1m -t 1m -d 2s,3s")

        #expect(settings.judge.retryOn == (try ConditionList(text: "1")))
        #expect(settings.judge.stopOn == (try ConditionList(text: "3")))
        #expect(settings.deadline == nil)
        #expect(settings.timeout == .seconds(60))
        #expect(settings.policy.backoff == .list([.seconds(1)]))
    }
}
