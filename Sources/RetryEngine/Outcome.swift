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
