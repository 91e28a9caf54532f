import RetryEngine
import Testing

@Suite("Retry state")
struct RetryStateTests {
    @Test(
        "the verdict, the attempt and the time left decide",
        arguments: [
            (Verdict.succeeded, 1, nil, RetryState.Decision.finish(.settled)),
            (.stop, 1, nil, .finish(.settled)),
            (.retry(), 1, nil, .pause(.seconds(5))),
            (.retry(), 2, nil, .pause(.seconds(10))),
            (.retry(), 3, nil, .finish(.attemptsExhausted)),
            (.retry(), 4, nil, .finish(.attemptsExhausted)),
            (.retry(), 1, .milliseconds(5001), .pause(.seconds(5))),
            (.retry(), 1, .seconds(5), .finish(.deadlineExceeded)),
            (.retry(), 1, .seconds(4), .finish(.deadlineExceeded)),
            (.retry(), 1, .seconds(-1), .finish(.deadlineExceeded)),
            (.retry(), 3, .seconds(-1), .finish(.attemptsExhausted)),
            (.stop, 1, .seconds(-1), .finish(.settled)),
            (.succeeded, 1, .seconds(-1), .finish(.settled)),
        ] as [(Verdict, Int, Duration?, RetryState.Decision)])
    func decides(
        verdict: Verdict, attempt: Int, remaining: Duration?, decision: RetryState.Decision
    ) {
        var state = RetryState(policy: .command)

        #expect(state.decide(after: verdict, attempt: attempt, remaining: remaining) == decision)
    }

    @Test(
        "a pause asked for by the other side is a lower bound",
        arguments: [(0, 5), (4, 5), (5, 5), (7, 7), (3600, 3600), (-9, 5)])
    func askedFor(asked: Int, pause: Int) {
        var state = RetryState(
            policy: RetryPolicy(backoff: .list([.seconds(5)]), maximumDelay: .seconds(60)))

        #expect(
            state.decide(after: .retry(after: .seconds(asked)), attempt: 1)
                == .pause(.seconds(pause)))
    }

    @Test("the deadline is checked against the pause asked for")
    func askedForBeyondDeadline() {
        var state = RetryState(policy: .command)

        #expect(
            state.decide(
                after: .retry(after: .seconds(7)), attempt: 1, remaining: .seconds(7))
                == .finish(.deadlineExceeded))
    }

    @Test("a policy without a limit always goes on")
    func forever() {
        var state = RetryState(policy: RetryPolicy(attempts: nil))

        #expect(state.decide(after: .retry(), attempt: .max) == .pause(.seconds(10)))
    }
}
