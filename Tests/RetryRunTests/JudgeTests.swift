import Console
import Glibc
import ProcessRunner
import RetryEngine
import Testing

@testable import retry_run

@Suite("Judging an attempt")
struct JudgeTests {
    private static let said = """
        x
        gh: Not Found (HTTP 404)
        API rate limit exceeded
        """
    private static let missing = Completion.notStarted(
        ExecFailure(program: "x", errorNumber: ENOENT))
    private static let forbidden = Completion.notStarted(
        ExecFailure(program: "x", errorNumber: EACCES))

    /// An attempt's judgement by the rules of some options.
    private func judge(
        _ options: String, _ completion: Completion = .ended(.exited(3)), output: String = "",
        error: String = "", stopRequest: Signal? = nil, isWhole: Bool = true,
        while goesOn: () -> Bool = { true }
    ) throws -> Judgement {
        try RunSettings(options).judge.judge(
            completion, tails: .init(output: OutputTail(output), error: OutputTail(error)),
            stopRequest: stopRequest, isWhole: isWhole, while: goesOn)
    }

    @Test(
        "of all the rules that apply, the first in the order of decision decides",
        arguments: [
            (
                "--success-if-output x --stop-on 3 --stop-if-output x --preset github --retry-on 3",
                "succeeded: --success-if-output 'x'"
            ),
            (
                "--stop-on 3 --stop-if-output x --preset github --retry-on 3 --retry-if-output x",
                "stop: --stop-on"
            ),
            (
                "--stop-if-output x --preset github --retry-on 3 --retry-if-output x",
                "stop: --stop-if-output 'x'"
            ),
            (
                "--preset github --retry-on 3 --retry-if-output x",
                "stop: --preset github, rule refused (permanent)"
            ),
            ("--retry-on 3 --retry-if-output x --preset git", "retry: --retry-on"),
            ("--retry-on 4 --retry-if-output x --preset git", "retry: --retry-if-output 'x'"),
            (
                "--retry-on 4 --retry-if-output y --preset git",
                "retry: --preset git, rule too-many-requests (transient)"
            ),
            ("--retry-on 4 --retry-if-output y", "stop: none of the retry rules applies"),
            (
                "--stop-on 4 --stop-if-output y",
                "retry: any failure is retried, for there are no retry rules"
            ),
        ])
    func order(options: String, expected: String) throws {
        let judgement = try judge(options, error: Self.said)

        #expect("\(judgement.verdict.word): \(judgement.rule)" == expected)
    }

    @Test("of several patterns of a kind the first one is told", arguments: ["stop", "retry"])
    func firstPattern(kind: String) throws {
        let option = "--\(kind)-if-output"
        let judgement = try judge(
            "\(option) y \(option) b \(option) a", output: "a", error: "b")

        #expect(judgement.rule == .pattern(option: option, source: "b"))
    }

    @Test("a timed-out or unstarted attempt succeeds by its output like any other")
    func successWithoutCode() throws {
        for completion in [.timedOut(nil), .ended(.signalled(.brokenPipe)), Self.missing] {
            #expect(
                try judge("--success-if-stderr x", completion, error: "x").verdict == .succeeded)
        }
    }

    @Test("exit code 0 is a success, whatever the rules and whoever asked to stop")
    func zero() throws {
        let judgement = try judge(
            "--stop-on 0 --stop-if-output x --success-if-output x", .ended(.exited(0)),
            output: "x", stopRequest: .terminate)

        #expect(judgement.verdict == .succeeded)
        #expect(judgement.rule == .exitCodeZero)
    }

    @Test("a request to stop beats all rules but those of success")
    func stopRequest() throws {
        let options = "--stop-on 3 --retry-on 3 --retry-if-output x"
        let stopped = try judge(options, output: "x", stopRequest: .interrupt)
        #expect(stopped.verdict == .stop)
        #expect(stopped.rule == .stopRequest(.interrupt))

        let done = try judge(
            "\(options) --success-if-output x", output: "x", stopRequest: .interrupt)
        #expect(done.verdict == .succeeded)
    }

    @Test(
        "what died of a request to stop or of SIGPIPE is not run again, even if listed",
        arguments: ["INT", "TERM", "HUP", "QUIT", "PIPE"])
    func endOfTheRun(name: String) throws {
        let signal = try #require(Signal(named: name))
        let judgement = try judge(
            "--retry-on \(name) --retry-if-output x", .ended(.signalled(signal)), output: "x")

        #expect(judgement.verdict == .stop)
        #expect(judgement.rule == .endOfTheRun)
    }

    @Test(
        "a timeout counts as a retry rule that applies, and gives way to every stop",
        arguments: [
            ("", DecidingRule.timeLimit), ("--retry-on 9 --preset git", .timeLimit),
            ("--retry-on timeout --retry-if-output x", .timeLimit),
            ("--stop-on timeout --retry-on timeout", .list(option: "--stop-on")),
            ("--stop-if-output x", .pattern(option: "--stop-if-output", source: "x")),
            ("--preset github", .presetRule(preset: "github", rule: "refused", kind: .permanent)),
        ])
    func timeout(options: String, rule: DecidingRule) throws {
        let judgement = try judge(options, .timedOut(.signalled(.terminate)), error: Self.said)

        #expect(judgement.rule == rule)
        #expect(judgement.verdict == (rule == .timeLimit ? .retry() : .stop))
    }

    @Test("what the kill left of a timed-out attempt is looked at by no list")
    func statusOfTimeout() throws {
        for options in ["--stop-on 0-255", "--stop-on TERM"] {
            for status in [ExitStatus.exited(3), .signalled(.terminate)] {
                #expect(try judge(options, .timedOut(status)).rule == .timeLimit)
            }
        }
    }

    @Test(
        "what --retry-on lists is an exception to the default of --stop-on, each way to fail alone",
        arguments: [
            ("--retry-on 127", missing, true), ("--retry-on 127", forbidden, false),
            ("--retry-on 126", .ended(.exited(126)), true),
            ("--retry-on spawn", forbidden, true),
            ("--retry-on spawn", .ended(.exited(127)), false),
            ("--retry-if-output x", missing, false), ("--preset git", forbidden, false),
            ("--retry-on 127 --preset github", missing, false),
            ("--stop-on 3", missing, true), ("--stop-on spawn --retry-on spawn", missing, false),
        ] as [(String, Completion, Bool)])
    func notExecutable(options: String, completion: Completion, isRetried: Bool) throws {
        let judgement = try judge(options, completion, error: Self.said)

        #expect(judgement.verdict == (isRetried ? .retry() : .stop))
    }

    @Test("the default of --stop-on is told as such, a list that is given is not")
    func toldDefault() throws {
        #expect(
            try judge("", Self.missing).rule == .list(option: "--stop-on (its default)"))
        #expect(
            try judge("--stop-on 127", Self.missing).rule == .list(option: "--stop-on"))
    }

    @Test("output that has not arrived whole does not say success, but stop and retry")
    func cutOutput() throws {
        for (options, expected) in [
            ("--success-if-output x --stop-if-output x", Verdict.stop),
            ("--success-if-output x --retry-if-output x", .retry()),
        ] {
            #expect(try judge(options, output: "x", isWhole: false).verdict == expected)
        }
    }

    @Test("an option's pattern is matched with the bytes as they are, colours included")
    func escapes() throws {
        let coloured = "early \u{1B}[31mEOF"
        #expect(try judge("--retry-if-output 'early EOF'", error: coloured).verdict == .stop)
        #expect(try judge(#"--retry-if-output '\x1b.31mEOF'"#, error: coloured).verdict == .retry())
        #expect(try judge("--preset git", error: coloured).verdict == .retry())
    }

    @Test(
        "a stream is looked at where a rule needs it, and apart from the other where one tells them apart",
        arguments: [
            ("--retry-on 3 --stop-on timeout", ""), ("--stop-if-output x", "output error"),
            ("--retry-if-stdout x", "output apart"), ("--success-if-stderr x", "error apart"),
            ("--success-if-stderr x --stop-if-stdout y", "output error apart"),
            ("--preset git", "output error delays"),
            ("--delay-from-output x", "output error delays"),
            ("--preset git --stop-if-stderr x", "output error apart delays"),
        ])
    func streams(options: String, expected: String) throws {
        let judge = try RunSettings(options).judge
        let needs = [
            judge.looksAtOutput ? "output" : nil, judge.looksAtError ? "error" : nil,
            judge.tellsStreamsApart ? "apart" : nil, judge.readsDelays ? "delays" : nil,
        ]

        #expect(needs.compactMap { $0 }.joined(separator: " ") == expected)
    }

    @Test("a search that may not go on finds nothing, and lists decide as ever")
    func withoutTime() throws {
        let patterns =
            "--success-if-output x --stop-if-output x --retry-if-output x --preset github"
        for (list, rule) in [
            ("", DecidingRule.noRule), ("--stop-on 3", .list(option: "--stop-on")),
            ("--retry-on 3", .list(option: "--retry-on")),
        ] {
            let judgement = try judge("\(patterns) \(list)", output: Self.said) { false }
            #expect(judgement.rule == rule)
        }
    }
}

extension Verdict {
    fileprivate var word: String {
        switch self {
        case .succeeded: "succeeded"
        case .stop: "stop"
        case .retry: "retry"
        }
    }
}
