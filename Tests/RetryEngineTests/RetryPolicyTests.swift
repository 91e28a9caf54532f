import RetryEngine
import RetryForecast
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    @Test(
        "a policy that cannot be carried out is refused, with both sides named",
        arguments: [
            (
                RetryPolicy(attempts: 0), RetryPolicyError.noAttempts(0),
                "attempts must be at least 1, got 0"
            ),
            (
                RetryPolicy(
                    backoff: .exponential(initial: .seconds(1), factor: 0.5, maximum: nil)),
                .factorBelowOne(0.5), "backoff factor must be at least 1, got 0.5"
            ),
            (
                RetryPolicy(backoff: .list([.seconds(1), .seconds(-2)])),
                .negativeDelay(.seconds(-2)), "delay must not be negative, got -2.0 seconds"
            ),
            (
                RetryPolicy(backoff: .linear(initial: .seconds(9), maximum: .seconds(3))),
                .delayAboveMaximum(initial: .seconds(9), maximum: .seconds(3)),
                "initial delay 9.0 seconds is longer than the maximum delay 3.0 seconds"
            ),
        ])
    func refused(policy: RetryPolicy, error: RetryPolicyError, words: String) {
        #expect(throws: error) { try policy.validate() }
        #expect(error.description == words)
    }

    @Test(
        "no duration of a policy may be negative",
        arguments: [
            RetryPolicy(backoff: .linear(initial: .seconds(-2), maximum: nil)),
            RetryPolicy(backoff: .linear(initial: .seconds(1), maximum: .seconds(-2))),
            RetryPolicy(backoff: .exponential(initial: .seconds(-2), factor: 2, maximum: nil)),
            RetryPolicy(jitter: .absolute(.seconds(-2))),
            RetryPolicy(maximumDelay: .seconds(-2)),
        ])
    func negative(policy: RetryPolicy) {
        #expect(throws: RetryPolicyError.negativeDelay(.seconds(-2))) { try policy.validate() }
    }

    @Test("a factor that is not a number is refused")
    func notANumber() {
        let policy = RetryPolicy(
            backoff: .exponential(initial: .seconds(1), factor: .nan, maximum: nil))

        #expect(throws: RetryPolicyError.self) { try policy.validate() }
    }

    @Test("the policy's own maximum counts for a computed backoff too")
    func policyMaximum() {
        let policy = RetryPolicy(
            backoff: .linear(initial: .seconds(9), maximum: .seconds(20)), maximumDelay: .seconds(3)
        )

        #expect(
            throws: RetryPolicyError.delayAboveMaximum(initial: .seconds(9), maximum: .seconds(3))
        ) { try policy.validate() }
    }

    @Test(
        "a policy that can be carried out is accepted",
        arguments: [
            RetryPolicy.command, .signing, RetryPolicy(attempts: 1), RetryPolicy(attempts: nil),
            RetryPolicy(backoff: .list([])),
            RetryPolicy(backoff: .list([.seconds(90)]), maximumDelay: .seconds(60)),
            RetryPolicy(backoff: .linear(initial: .seconds(3), maximum: .seconds(3))),
            RetryPolicy(backoff: .exponential(initial: .zero, factor: 1, maximum: .zero)),
        ])
    func accepted(policy: RetryPolicy) {
        #expect(throws: Never.self) { try policy.validate() }
    }

    @Test("a value of a list above the maximum is cut")
    func listIsCut() {
        var state = RetryState(
            policy: RetryPolicy(backoff: .list([.seconds(90)]), maximumDelay: .seconds(60)))

        #expect(state.decide(after: .retry(), attempt: 1) == .pause(.seconds(60)))
    }

    @Test("the command policy is the loop it replaces: 3 attempts, 5 s, 10 s")
    func command() {
        #expect(RetryPolicy.command.attempts == 3)
        #expect(Array(RetryPolicy.command.longestDelays()) == [.seconds(5), .seconds(10)])
    }
}
