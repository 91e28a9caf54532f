/// What happens to a call, told while it happens.
package enum CallEvent: Equatable, Sendable {
    /// An attempt begins, counted from 1, of as many as the call has; nil for no end of them.
    case begins(attempt: Int, of: Int?)
    /// It has ended; `call` names it by its method and URL, without secrets.
    case ended(attempt: Int, call: String, HTTPAttempt)
    /// Another attempt follows after a pause.
    case pauses(after: Int, of: Int?, HTTPError, Duration)
}
