/// Carries one request to its service and one answer back.
package protocol HTTPTransport {
    /// Makes one exchange that ends within `timeout`.
    ///
    /// Any status is an answer here. The body of a 2xx is whole; of other answers it may be cut.
    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse
}
