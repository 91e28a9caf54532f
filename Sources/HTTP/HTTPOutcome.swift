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
    /// How many exchanges were begun.
    package let attempts: Int
    /// An attempt without an answer may have done what was asked: then an answer such as 409 is
    /// perhaps to our own repeat.
    package let mayHaveTakenEffect: Bool
}
