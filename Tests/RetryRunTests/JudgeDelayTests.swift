import ProcessRunner
import RetryEngine
import Testing

@testable import retry_run

@Suite("The pause that an attempt's output asks for")
struct JudgeDelayTests {
    /// 2026-01-02T03:04:05Z
    private static let instant = 1_767_323_045.0

    private func judge(
        _ options: String, _ completion: Completion = .ended(.exited(3)), output: String = "",
        error: String = "", now: Double = instant, while goesOn: () -> Bool = { true }
    ) throws -> Judgement {
        try RunSettings(options).judge.judge(
            completion, tails: .init(output: OutputTail(output), error: OutputTail(error)),
            stopRequest: nil, now: now, while: goesOn)
    }

    @Test("it goes along with every retry, whichever rule decided")
    func everyRetry() throws {
        let said = "HTTP 429\nRetry-After: 9"
        for (options, completion) in [
            ("--delay-from-output After", Completion.ended(.exited(3))),
            ("--preset http", .ended(.exited(3))), ("--preset http", .timedOut(nil)),
            ("--preset http --retry-on SEGV", .ended(.signalled(Signal(11)))),
        ] {
            let judgement = try judge(options, completion, error: said)
            #expect(judgement.verdict == .retry(after: .seconds(9)))
            #expect(judgement.toldDelay == .seconds(9))
        }
    }

    @Test("it goes along with no stop and no success, and is not looked for without an option")
    func noRetry() throws {
        let said = "HTTP 429\nRetry-After: 9"
        for options in [
            "--preset http --stop-on 3", "--preset http --success-if-output HTTP",
            "--delay-from-output After --retry-on 4", "--retry-on 3",
        ] {
            #expect(try judge(options, output: said).toldDelay == nil)
        }
        #expect(try judge("--retry-on 3", output: said).verdict == .retry(after: nil))
    }

    @Test("an instant is counted from now and then compared with what the other stream says")
    func instants() throws {
        let options = "--delay-from-output '(?:at|after) (.*)'"
        for (ahead, pause) in [(90.0, 90), (30, 60), (-30, 60)] {
            let judgement = try judge(
                options, output: "try again at 2026-01-02T03:04:05Z", error: "retry after 60 s",
                now: Self.instant - ahead)

            #expect(judgement.toldDelay == .seconds(pause))
        }
    }

    @Test("an instant that is over asks for no pause, which is one")
    func over() throws {
        let judgement = try judge(
            "--delay-from-output at", output: "at 2026-01-02T03:04:05Z", now: Self.instant + 1)

        #expect(judgement.verdict == .retry(after: .zero))
    }

    @Test("what one's own pattern finds is taken before what presets know, wherever it stands")
    func ownPattern() throws {
        let options = "--preset http --delay-from-output 'come back in (.*)'"
        let said = "HTTP 429\ncome back in 3 s\nRetry-After: 7"

        #expect(try judge(options, error: said).toldDelay == .seconds(3))
        // It matches, but is followed by no time.
        #expect(
            try judge(options, error: "HTTP 429\nRetry-After: 7\ncome back in a while").toldDelay
                == .seconds(7))
    }

    @Test("a last line that tells no time leaves the one before it")
    func last() throws {
        let judgement = try judge(
            "--delay-from-output 'wait (.*)'", output: "wait 1 s\nwait 2 s\nwait for it")

        #expect(judgement.toldDelay == .seconds(2))
    }

    @Test("where the search may not go on the retry has no pause of its own")
    func withoutTime() throws {
        let judgement = try judge("--retry-on 3 --delay-from-output wait", output: "wait 5") {
            false
        }

        #expect(judgement.verdict == .retry(after: nil))
        #expect(judgement.toldDelay == nil)
    }
}
