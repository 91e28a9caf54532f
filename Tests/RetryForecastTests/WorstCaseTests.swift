import RetryEngine
import RetryForecast
import Testing

@Suite("Worst case")
struct WorstCaseTests {
    @Test("the signing policy fits: 3 × 35 s + 1 s + 5 s = 111 s of 120 s")
    func signingFits() {
        let limit = RetryPolicy.signingAttemptLimit
        let deadline = RetryPolicy.signingDeadline

        #expect(deadline == .seconds(120))
        #expect(RetryPolicy.signing.worstCase(attemptLimit: limit) == .seconds(111))
        #expect(
            RetryPolicy.signing.worstCase(attemptLimit: limit, deadline: deadline) == .seconds(111))
        #expect(RetryPolicy.signing.fits(attemptLimit: limit, deadline: deadline))
    }

    @Test("it is attempts × (limit + grace) + pauses, at most deadline + grace")
    func formula() {
        let policy = RetryPolicy.command

        #expect(policy.worstCase(attemptLimit: .seconds(60), grace: .seconds(5)) == .seconds(210))
        #expect(
            policy.worstCase(
                attemptLimit: .seconds(60), deadline: .seconds(120), grace: .seconds(5))
                == .seconds(125))
        #expect(
            policy.worstCase(
                attemptLimit: .seconds(60), deadline: .seconds(900), grace: .seconds(5))
                == .seconds(210))
    }

    @Test("it fits if it ends on the deadline, not if it ends after it")
    func fits() {
        let policy = RetryPolicy.command

        #expect(policy.fits(attemptLimit: .seconds(10), deadline: .seconds(45)))
        #expect(!policy.fits(attemptLimit: .seconds(10), deadline: .milliseconds(44_999)))
        #expect(
            !policy.fits(attemptLimit: .seconds(10), deadline: .seconds(45), grace: .seconds(1)))
        #expect(!policy.fits(attemptLimit: nil, deadline: .seconds(45)))
    }

    @Test("without a limit of attempts or of each attempt only a deadline gives one")
    func unlimited() {
        let forever = RetryPolicy(attempts: nil)

        #expect(forever.worstCase(attemptLimit: .seconds(1)) == nil)
        #expect(RetryPolicy.command.worstCase(attemptLimit: nil) == nil)
        #expect(forever.worstCase(attemptLimit: nil, deadline: .seconds(9)) == .seconds(9))
    }

    @Test("one attempt has no pause")
    func oneAttempt() {
        #expect(RetryPolicy(attempts: 1).worstCase(attemptLimit: .seconds(8)) == .seconds(8))
    }

    @Test(
        "the longest pause is the upper end of the jitter",
        arguments: [
            (Jitter.none, [1, 2, 4, 8, 10, 10]), (.full, [1, 2, 4, 8, 10, 10]),
            (.equal, [1, 2, 4, 8, 10, 10]), (.decorrelated, [3, 9, 10, 10, 10, 10]),
            (.absolute(.seconds(5)), [6, 7, 9, 10, 10, 10]),
        ])
    func longestDelays(jitter: Jitter, seconds: [Int]) {
        let policy = RetryPolicy(
            attempts: 7, backoff: .exponential(initial: .seconds(1), factor: 2, maximum: nil),
            jitter: jitter, maximumDelay: .seconds(10))

        #expect(Array(policy.longestDelays()) == seconds.map { .seconds($0) })
    }

    @Test("the longest pauses of a run without end are made when asked for")
    func lazyDelays() {
        let policy = RetryPolicy(attempts: nil)

        #expect(
            Array(policy.longestDelays().prefix(3)) == [.seconds(5), .seconds(10), .seconds(10)])
    }

    @Test(
        "the sum of the pauses is that of the pauses one by one",
        arguments: [
            Backoff.list([]), .list([.seconds(9), .seconds(1), .seconds(4)]),
            .linear(initial: .seconds(3), maximum: nil),
            .linear(initial: .seconds(3), maximum: .seconds(20)),
            .exponential(initial: .seconds(1), factor: 2, maximum: nil),
            .exponential(initial: .seconds(1), factor: 1, maximum: .seconds(1)),
            .exponential(initial: .seconds(1), factor: 1.5, maximum: .seconds(20)),
            .exponential(initial: .seconds(1), factor: .infinity, maximum: .seconds(20)),
        ],
        [Jitter.none, .full, .decorrelated, .absolute(.seconds(2))])
    func sum(backoff: Backoff, jitter: Jitter) {
        for attempts in 1...20 {
            let policy = RetryPolicy(attempts: attempts, backoff: backoff, jitter: jitter)
            let oneByOne = policy.longestDelays().reduce(.zero, +)

            #expect(policy.worstCase(attemptLimit: .zero) == oneByOne)
        }
    }

    @Test(
        "no drawn pause is longer than the longest",
        arguments: [Jitter.none, .full, .equal, .decorrelated, .absolute(.seconds(2))])
    func bound(jitter: Jitter) {
        for seed: UInt64 in 1...1000 {
            let policy = RetryPolicy(
                attempts: 9, backoff: .list([.seconds(2), .seconds(1), .seconds(30)]),
                jitter: jitter, seed: seed)
            var state = RetryState(policy: policy)
            for (index, longest) in policy.longestDelays().enumerated() {
                guard case .pause(let pause) = state.decide(after: .retry(), attempt: index + 1)
                else { continue }
                #expect(pause <= longest)
            }
        }
    }

    @Test(
        "a thousand million attempts are summed at once",
        .timeLimit(.minutes(1)),
        arguments: [
            (Backoff.list([.seconds(1), .seconds(2)]), Duration.seconds(1_999_999_997)),
            (
                .linear(initial: .nanoseconds(1), maximum: nil),
                .nanoseconds(499_999_999_500_000_000)
            ),
            (
                .linear(initial: .seconds(1), maximum: .seconds(2)), .seconds(1_999_999_997)
            ),
            (.exponential(initial: .seconds(1), factor: 1, maximum: nil), .seconds(999_999_999)),
        ])
    func manyAttempts(backoff: Backoff, total: Duration) {
        let policy = RetryPolicy(attempts: 1_000_000_000, backoff: backoff)

        #expect(policy.worstCase(attemptLimit: .zero) == total)
    }

    @Test("a factor just above 1 is summed at once as well")
    func slowGrowth() throws {
        let policy = RetryPolicy(
            attempts: 1_000_000_001,
            backoff: .exponential(initial: .seconds(1), factor: 1.000_000_001, maximum: nil))

        // 1 s × (e − 1) / 10^−9, as (1 + 1/n)^n comes close to e.
        let total = try #require(policy.worstCase(attemptLimit: .zero))
        #expect((.seconds(1_718_281_000) ... .seconds(1_718_283_000)).contains(total))
    }

    @Test("sums too long to count end at the longest duration", arguments: [10_000, .max])
    func saturates(attempts: Int) {
        let policy = RetryPolicy(
            attempts: attempts,
            backoff: .exponential(initial: .seconds(1), factor: 2, maximum: nil))

        #expect(policy.worstCase(attemptLimit: .seconds(1), grace: .longest) == .longest)
        #expect(
            policy.worstCase(attemptLimit: .longest, deadline: .longest, grace: .longest)
                == .longest)
    }

    @Test("10,000 attempts with a maximum come to an exact number")
    func tenThousand() {
        let policy = RetryPolicy(
            attempts: 10_000,
            backoff: .exponential(initial: .seconds(1), factor: 2, maximum: .seconds(30)))

        // 1 + 2 + 4 + 8 + 16, then 9,994 pauses of 30 s.
        #expect(policy.worstCase(attemptLimit: .zero) == .seconds(31 + 9_994 * 30))
    }
}
