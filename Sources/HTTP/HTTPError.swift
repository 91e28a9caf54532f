/// A call that got no answer: what was asked, and why there is none.
package struct HTTPError: Error, Equatable, Sendable {
    /// The method and the URL, without secrets.
    package let call: String
    package let failure: HTTPFailure

    package init(call: String, failure: HTTPFailure) {
        self.call = call
        self.failure = failure
    }

    package var failureClass: FailureClass { failure.failureClass }
    package var className: String { failure.className }
}

extension HTTPError: CustomStringConvertible {
    package var description: String { "\(call): \(failure)" }
}
