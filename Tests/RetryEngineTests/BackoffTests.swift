import RetryEngine
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test(
        "each rule gives its pauses in order",
        arguments: [
            (Backoff.list([.seconds(5), .seconds(10)]), [5, 10, 10, 10, 10]),
            (.list([.seconds(7)]), [7, 7, 7, 7, 7]),
            (.list([.seconds(9), .seconds(1)]), [9, 1, 1, 1, 1]),
            (.list([]), [0, 0, 0, 0, 0]),
            (.linear(initial: .seconds(2), maximum: nil), [2, 4, 6, 8, 10]),
            (.linear(initial: .seconds(2), maximum: .seconds(5)), [2, 4, 5, 5, 5]),
            (.exponential(initial: .seconds(1), factor: 2, maximum: nil), [1, 2, 4, 8, 16]),
            (
                .exponential(initial: .seconds(1), factor: 3, maximum: .seconds(10)),
                [1, 3, 9, 10, 10]
            ),
            (.exponential(initial: .seconds(4), factor: 1, maximum: nil), [4, 4, 4, 4, 4]),
            (.exponential(initial: .zero, factor: 2, maximum: nil), [0, 0, 0, 0, 0]),
            (
                .exponential(initial: .seconds(1), factor: .infinity, maximum: .seconds(8)),
                [1, 8, 8, 8, 8]
            ),
        ])
    func pauses(backoff: Backoff, seconds: [Int]) {
        #expect((1...5).map(backoff.delay(after:)) == seconds.map { .seconds($0) })
    }

    @Test("a factor with decimals gives whole nanoseconds")
    func decimalFactor() {
        let backoff = Backoff.exponential(initial: .seconds(1), factor: 1.1, maximum: nil)

        #expect(backoff.delay(after: 11) == .nanoseconds(2_593_742_460))
    }

    @Test(
        "a pause too long to count ends at the longest duration",
        arguments: [
            Backoff.exponential(initial: .milliseconds(1), factor: 2, maximum: nil),
            .linear(initial: .seconds(1_000_000_000), maximum: nil),
            .list([.seconds(Int64.max)]),
        ])
    func saturates(backoff: Backoff) {
        #expect(backoff.delay(after: 10_000) == .longest)
        #expect(backoff.delay(after: .max) == .longest)
    }

    @Test("the maximum still holds after 10,000 attempts")
    func maximumHolds() {
        let backoff = Backoff.exponential(
            initial: .seconds(1), factor: 2, maximum: .seconds(30))

        #expect(backoff.delay(after: 10_000) == .seconds(30))
    }

    @Test("an attempt number below 1 counts as the first")
    func attemptBelowOne() {
        #expect(Backoff.list([.seconds(5), .seconds(10)]).delay(after: 0) == .seconds(5))
        #expect(Backoff.linear(initial: .seconds(2), maximum: nil).delay(after: -3) == .seconds(2))
    }
}
