/// Calls `operation` until it succeeds, says stop, or the policy or the deadline ends the run.
///
/// The only loop that waits. An attempt does not start at or after the deadline, and no pause
/// starts that would end there; ending a running attempt in time is the operation's part.
///
/// - Parameters:
///   - policy: How often and with which pauses; see `RetryPolicy.validate()`.
///   - deadline: The instant by which the run has to end; nil for none.
///   - clock: Tells the time and waits.
///   - observer: Told what happens, a failed attempt before its pause.
///   - operation: One attempt, given its number from 1. An error it throws ends the run.
package func retry<Value, C: RetryClock>(
    policy: RetryPolicy,
    deadline: C.Instant? = nil,
    clock: C,
    observer: (RetryEvent<Value>) -> Void = { _ in },
    operation: (_ attempt: Int) throws -> (Value, Verdict)
) rethrows -> Outcome<Value> {
    if let deadline, clock.now >= deadline {
        return Outcome(value: nil, verdict: nil, attempts: 0, reason: .deadlineExceeded)
    }
    var state = RetryState(policy: policy)
    var attempt = 1
    while true {
        let (value, verdict) = try operation(attempt)
        let decision = state.decide(
            after: verdict, attempt: attempt,
            remaining: deadline.map { clock.now.duration(to: $0) })

        let reason: Reason
        switch decision {
        case .finish(let final):
            reason = final
        case .pause(let pause):
            observer(.attemptFailed(attempt: attempt, value: value, pause: pause))
            if !clock.pause(for: pause) {
                reason = .cancelled
            } else if let deadline, clock.now >= deadline {
                // The pause lasted longer than asked for.
                reason = .deadlineExceeded
            } else {
                attempt += 1
                continue
            }
        }

        if verdict != .succeeded {
            observer(.gaveUp(attempt: attempt, value: value, reason: reason))
        } else if attempt > 1 {
            observer(.recovered(attempt: attempt, value: value))
        }
        return Outcome(value: value, verdict: verdict, attempts: attempt, reason: reason)
    }
}

/// How a run ended.
package struct Outcome<Value> {
    /// What the last attempt gave; nil if the deadline had passed before the first one.
    package let value: Value?
    /// What the last attempt said about the next one; nil together with `value`.
    package let verdict: Verdict?
    /// How many attempts were made.
    package let attempts: Int
    package let reason: Reason

    package init(value: Value?, verdict: Verdict?, attempts: Int, reason: Reason) {
        self.value = value
        self.verdict = verdict
        self.attempts = attempts
        self.reason = reason
    }
}

extension Outcome: Equatable where Value: Equatable {}
extension Outcome: Sendable where Value: Sendable {}

/// Why a run ended.
package enum Reason: Equatable, Sendable {
    /// The last attempt decided: it succeeded, or said that no other would help.
    case settled
    case attemptsExhausted
    /// The deadline has passed, or would have by the end of the next pause.
    case deadlineExceeded
    /// A pause was ended from outside.
    case cancelled
}

/// What happens in a run, told while it happens.
///
/// A run of one successful attempt tells nothing. Every other run ends with exactly one `gaveUp`
/// or `recovered`, unless an attempt throws or the deadline had passed before the first one.
package enum RetryEvent<Value> {
    /// An attempt failed and the pause before the next one begins.
    case attemptFailed(attempt: Int, value: Value, pause: Duration)
    /// No further attempt follows; `reason` is `.settled` if the last one said so itself.
    case gaveUp(attempt: Int, value: Value, reason: Reason)
    /// An attempt other than the first succeeded.
    case recovered(attempt: Int, value: Value)
}

extension RetryEvent: Equatable where Value: Equatable {}
extension RetryEvent: Sendable where Value: Sendable {}

/// Time as the engine sees it: an instant, and a pause that something may cut short.
package protocol RetryClock<Instant> {
    associatedtype Instant: InstantProtocol where Instant.Duration == Duration

    var now: Instant { get }

    /// Waits for `duration`; false when a signal or a cancellation ended the pause early.
    ///
    /// Also called with `.zero`, so that a loop without pauses can be ended too.
    func pause(for duration: Duration) -> Bool
}
