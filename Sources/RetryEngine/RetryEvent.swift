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
