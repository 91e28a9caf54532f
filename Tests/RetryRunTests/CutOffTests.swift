import ProcessRunner
import RetryEngine
import Testing

@testable import retry_run

@Suite("A search that was cut off")
struct CutOffTests {
    private static let pattern = DecidingRule.pattern(option: "--stop-if-output", source: "x")

    @Test(
        "that nothing was found does not hold: worth another attempt at the deadline, stopped by a signal",
        arguments: [
            (Verdict.retry(after: .seconds(5)), DecidingRule.anyFailure),
            (.retry(), .list(option: "--retry-on")), (.retry(), .timeLimit), (.stop, .noRule),
        ])
    func notFound(verdict: Verdict, rule: DecidingRule) {
        let judgement = Judgement(
            verdict: verdict, reason: "exit status 3", rule: rule, toldDelay: .seconds(5))

        let late = judgement.cutOff(by: nil)
        #expect(late.verdict == .retry(after: nil))
        #expect(late.rule == .outOfTime)

        let stopped = judgement.cutOff(by: .hangUp)
        #expect(stopped.verdict == .stop)
        #expect(stopped.rule == .stopRequest(.hangUp))

        for cut in [late, stopped] {
            #expect(cut.reason == "exit status 3")
            // A later line may have asked for another one.
            #expect(cut.toldDelay == nil)
        }
    }

    @Test(
        "what was found holds, whatever ended the search",
        arguments: [
            (Verdict.succeeded, DecidingRule.exitCodeZero), (.succeeded, pattern), (.stop, pattern),
            (.stop, .list(option: "--stop-on")), (.stop, .stopRequest(.terminate)),
        ])
    func found(verdict: Verdict, rule: DecidingRule) {
        for signal in [Signal.hangUp, nil] {
            let cut = Judgement(verdict: verdict, reason: "", rule: rule).cutOff(by: signal)

            #expect(cut.verdict == verdict)
            #expect(cut.rule == rule)
        }
    }

    @Test("a stop that is found before the search ends is one, and one behind that is not")
    func halfway() throws {
        let judge = try RunSettings("--stop-if-output x --stop-if-output y --retry-on 3").judge
        for (said, expected) in [("x", Self.pattern), ("y", .outOfTime)] {
            var rest = 1
            let judgement = judge.judge(
                .ended(.exited(3)), tails: .init(output: OutputTail(said), error: nil),
                stopRequest: nil
            ) {
                rest -= 1
                return rest >= 0
            }
            #expect(judgement.cutOff(by: nil).rule == expected)
        }
    }
}
