/// How a call ended.
///
/// | failure class | the call |
/// | --- | --- |
/// | `permanent` | was refused for good |
/// | `notSent`, `unknownOutcome` | failed in all attempts, as the last one did |
/// | `deadline` | has no time left |
/// | `cancelled` | was ended from outside |
package struct HTTPOutcome: Equatable, Sendable {
    package let result: Result<HTTPResponse, HTTPError>
    /// How many attempts were begun.
    package let attempts: Int
    /// How many of them have failed and count: not those that failed while another call had found the
    /// service down.
    package var failures = 0
    /// An attempt without an answer may have done what was asked: then an answer such as 409 is
    /// perhaps to our own repeat.
    package let mayHaveTakenEffect: Bool
    /// How long it has waited for others to find the service up again.
    package var waited = Duration.zero
    /// Whether the time was over for what the call depended on, `HTTPCall.expiry`, and for nothing else.
    package var isExpired = false
}
