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
