import RetryEngine
import TestSupport
import Testing

@Suite("Retry")
struct RetryTests {
    private struct Broken: Error {}

    private let clock = RecordingClock()

    @Test("a success at the first attempt is returned without a pause or an event")
    func firstSuccess() {
        var events: [RetryEvent<String>] = []

        let outcome = retry(policy: .command, clock: clock, observer: { events.append($0) }) {
            ("attempt \($0)", .succeeded)
        }

        #expect(
            outcome
                == Outcome(value: "attempt 1", verdict: .succeeded, attempts: 1, reason: .settled))
        #expect(clock.pauses == [])
        #expect(events == [])
    }

    @Test("a success after a retry is told as recovered")
    func recovered() {
        var events: [RetryEvent<Int>] = []

        let outcome = retry(policy: .command, clock: clock, observer: { events.append($0) }) {
            ($0 * 100, $0 < 3 ? .retry() : .succeeded)
        }

        #expect(
            outcome == Outcome(value: 300, verdict: .succeeded, attempts: 3, reason: .settled))
        #expect(
            events == [
                .attemptFailed(attempt: 1, value: 100, pause: .seconds(5)),
                .attemptFailed(attempt: 2, value: 200, pause: .seconds(10)),
                .recovered(attempt: 3, value: 300),
            ])
    }

    @Test("no pause follows the last attempt")
    func exhausted() {
        var events: [RetryEvent<Int>] = []

        let outcome = retry(policy: .command, clock: clock, observer: { events.append($0) }) {
            ($0, .retry())
        }

        #expect(
            outcome
                == Outcome(value: 3, verdict: .retry(), attempts: 3, reason: .attemptsExhausted))
        #expect(clock.pauses == [.seconds(5), .seconds(10)])
        #expect(events.last == .gaveUp(attempt: 3, value: 3, reason: .attemptsExhausted))
        #expect(events.count == 3)
    }

    @Test("stop is stop")
    func stop() {
        var events: [RetryEvent<String>] = []

        let outcome = retry(policy: .command, clock: clock, observer: { events.append($0) }) { _ in
            ("127", .stop)
        }

        #expect(
            outcome == Outcome(value: "127", verdict: .stop, attempts: 1, reason: .settled))
        #expect(clock.pauses == [])
        #expect(events == [.gaveUp(attempt: 1, value: "127", reason: .settled)])
    }

    @Test("a failed attempt is told before its pause")
    func toldBeforeThePause() {
        var pausesWhenTold: [Int] = []

        _ = retry(
            policy: .command, clock: clock,
            observer: { _ in pausesWhenTold.append(clock.pauses.count) }
        ) { ($0, .retry()) }

        #expect(pausesWhenTold == [0, 1, 2])
    }

    @Test("a pause that would end at the deadline is not started")
    func deadlineEndsTheLoop() {
        let deadline = clock.now.advanced(by: .seconds(2))
        var events: [RetryEvent<String>] = []

        let outcome = retry(
            policy: RetryPolicy(), deadline: deadline, clock: clock, observer: { events.append($0) }
        ) { _ in
            ("503", .retry(after: .seconds(2)))
        }

        #expect(outcome.reason == .deadlineExceeded)
        #expect(clock.pauses == [])
        #expect(events == [.gaveUp(attempt: 1, value: "503", reason: .deadlineExceeded)])
    }

    @Test("the time spent in attempts counts towards the deadline")
    func attemptsSpendTime() {
        let deadline = clock.now.advanced(by: .seconds(20))

        let outcome = retry(policy: .command, deadline: deadline, clock: clock) { attempt in
            clock.spend(.seconds(3))
            return (attempt, .retry())
        }

        // 3 s, pause 5 s, 3 s: the pause of 10 s would end after 21 s.
        #expect(outcome.attempts == 2)
        #expect(outcome.reason == .deadlineExceeded)
        #expect(clock.pauses == [.seconds(5)])
    }

    @Test("a success after the deadline is a success")
    func lateSuccess() {
        let outcome = retry(
            policy: .command, deadline: clock.now.advanced(by: .seconds(1)), clock: clock
        ) { attempt in
            clock.spend(.seconds(2))
            return (attempt, .succeeded)
        }

        #expect(outcome.reason == .settled)
    }

    @Test("no attempt starts at a deadline that has come")
    func deadlineBeforeTheFirst() {
        let outcome = retry(policy: .command, deadline: clock.now, clock: clock) { attempt in
            Issue.record("attempt \(attempt) was made")
            return (attempt, .succeeded)
        }

        #expect(
            outcome
                == Outcome(value: nil, verdict: nil, attempts: 0, reason: .deadlineExceeded))
    }

    @Test("no attempt starts when the pause has lasted beyond the deadline")
    func oversleep() {
        clock.oversleep = .seconds(60)

        let outcome = retry(
            policy: .command, deadline: clock.now.advanced(by: .seconds(30)), clock: clock
        ) { ($0, .retry()) }

        #expect(outcome.attempts == 1)
        #expect(outcome.reason == .deadlineExceeded)
    }

    @Test("a pause ended by a signal ends the run")
    func cancelled() {
        clock.interruptedPause = 2
        var events: [RetryEvent<Int>] = []

        let outcome = retry(policy: .command, clock: clock, observer: { events.append($0) }) {
            ($0, .retry())
        }

        #expect(
            outcome == Outcome(value: 2, verdict: .retry(), attempts: 2, reason: .cancelled))
        #expect(events.last == .gaveUp(attempt: 2, value: 2, reason: .cancelled))
    }

    @Test("a loop without pauses can be ended by a signal too")
    func cancelledWithoutDelay() {
        clock.interruptedPause = 1000
        let start = clock.now

        let outcome = retry(
            policy: RetryPolicy(attempts: nil, backoff: .list([])), clock: clock
        ) { ($0, .retry()) }

        #expect(outcome.reason == .cancelled)
        #expect(outcome.attempts == 1000)
        #expect(clock.now == start)
    }

    @Test("an error of the operation ends the run")
    func throwing() {
        #expect(throws: Broken.self) {
            try retry(policy: .command, clock: clock) { attempt in
                if attempt == 2 { throw Broken() }
                return (attempt, .retry())
            }
        }
        #expect(clock.pauses == [.seconds(5)])
    }
}
