/// What an attempt says about the next one.
package enum Verdict: Equatable, Sendable {
    case succeeded
    /// Failed, and another attempt would not help.
    case stop
    /// Failed, and another attempt may help; `after` is the shortest pause the other side asked
    /// for, such as `Retry-After`.
    case retry(after: Duration? = nil)
}
