/// What happens to a call, told while it happens.
package enum CallEvent: Equatable, Sendable {
    /// An attempt begins, counted from 1.
    case begins(attempt: Int)
    /// It has ended; `call` names it by its method and URL, without secrets.
    case ended(attempt: Int, call: String, HTTPAttempt)
    /// Another attempt follows after a pause.
    case pauses(after: Int, HTTPError, Duration)
}
