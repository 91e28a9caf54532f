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
