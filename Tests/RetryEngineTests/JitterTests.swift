import RetryEngine
import Testing

@Suite("Jitter")
struct JitterTests {
    private let backoff = Backoff.exponential(
        initial: .seconds(1), factor: 2, maximum: .seconds(12))

    private func pauses(_ policy: RetryPolicy, count: Int = 8) -> [Duration] {
        var state = RetryState(policy: policy)
        return (1...count).compactMap { attempt in
            guard case .pause(let pause) = state.decide(after: .retry(), attempt: attempt)
            else { return nil }
            return pause
        }
    }

    private func policy(_ jitter: Jitter, seed: UInt64?) -> RetryPolicy {
        RetryPolicy(attempts: nil, backoff: backoff, jitter: jitter, seed: seed)
    }

    @Test("without jitter the pauses are those of the backoff")
    func none() {
        #expect(pauses(policy(.none, seed: 1)) == (1...8).map(backoff.delay(after:)))
    }

    @Test("full jitter stays in 0 ... d")
    func full() {
        for seed: UInt64 in 1...1000 {
            for (index, pause) in pauses(policy(.full, seed: seed)).enumerated() {
                #expect((.zero...backoff.delay(after: index + 1)).contains(pause))
            }
        }
    }

    @Test("equal jitter stays in d / 2 ... d")
    func equal() {
        for seed: UInt64 in 1...1000 {
            for (index, pause) in pauses(policy(.equal, seed: seed)).enumerated() {
                let delay = backoff.delay(after: index + 1)
                #expect((delay / 2...delay).contains(pause))
            }
        }
    }

    @Test("absolute jitter stays in d ... d + D, below the maximum")
    func absolute() {
        for seed: UInt64 in 1...1000 {
            for (index, pause) in pauses(policy(.absolute(.seconds(3)), seed: seed)).enumerated() {
                let delay = backoff.delay(after: index + 1)
                #expect((delay...min(delay + .seconds(3), .seconds(12))).contains(pause))
            }
        }
    }

    @Test("decorrelated jitter stays in base ... previous × 3, below the maximum")
    func decorrelated() {
        for seed: UInt64 in 1...1000 {
            var previous = Duration.seconds(1)
            for pause in pauses(policy(.decorrelated, seed: seed)) {
                #expect((.seconds(1)...min(previous * 3, .seconds(12))).contains(pause))
                previous = pause
            }
        }
    }

    @Test(
        "decorrelated jitter without a maximum stays below the longest pause of the backoff",
        arguments: [
            (Backoff.list([.seconds(1), .seconds(4), .seconds(2)]), 4),
            (.linear(initial: .seconds(1), maximum: nil), 8),
        ])
    func decorrelatedWithoutMaximum(backoff: Backoff, longest: Int) {
        for seed: UInt64 in 1...1000 {
            let drawn = pauses(
                RetryPolicy(attempts: 9, backoff: backoff, jitter: .decorrelated, seed: seed))
            #expect(drawn.allSatisfy { (.seconds(1) ... .seconds(longest)).contains($0) })
        }
    }

    @Test("decorrelated jitter does not grow from a pause the other side asked for")
    func decorrelatedIgnoresRequests() {
        var state = RetryState(
            policy: RetryPolicy(
                attempts: nil, backoff: .list([.seconds(1)]), jitter: .decorrelated, seed: 1,
                maximumDelay: .seconds(1000)))

        #expect(
            state.decide(after: .retry(after: .seconds(500)), attempt: 1)
                == .pause(.seconds(500)))
        guard case .pause(let next) = state.decide(after: .retry(), attempt: 2) else {
            Issue.record("no pause")
            return
        }
        #expect(next <= .seconds(9))
    }

    @Test("the draws reach both ends of the range", arguments: [Jitter.full, .equal])
    func coversTheRange(jitter: Jitter) {
        let seeds: ClosedRange<UInt64> = 1...1000
        let first: [Duration] = seeds.flatMap { pauses(policy(jitter, seed: $0), count: 1) }

        let lowest: Duration = jitter == .full ? .zero : .milliseconds(500)
        #expect(first.contains { $0 < lowest + .milliseconds(10) })
        #expect(first.contains { $0 > .milliseconds(990) })
    }

    @Test(
        "the same seed gives the same pauses, another seed others",
        arguments: [Jitter.full, .equal, .decorrelated, .absolute(.seconds(3))])
    func repeatable(jitter: Jitter) {
        #expect(pauses(policy(jitter, seed: 42)) == pauses(policy(jitter, seed: 42)))
        #expect(pauses(policy(jitter, seed: 42)) != pauses(policy(jitter, seed: 43)))
        #expect(pauses(policy(jitter, seed: nil)) != pauses(policy(jitter, seed: nil)))
    }

    @Test("a seed keeps its meaning from one release to the next")
    func knownPauses() {
        let drawn = pauses(
            RetryPolicy(
                attempts: nil, backoff: .list([.seconds(1)]), jitter: .full, seed: 1_234_567),
            count: 2)

        // The known answers of splitmix64.c, times 1 s + 1 ns, divided by 2^64.
        #expect(drawn == [.nanoseconds(350_079_542), .nanoseconds(173_644_096)])
    }
}
