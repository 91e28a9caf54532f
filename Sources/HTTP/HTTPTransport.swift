/// Carries requests to their services and answers back, any number at once.
package protocol HTTPTransport: AnyObject {
    /// Begins an exchange, whose end `wait` tells under its number.
    ///
    /// Any status is an answer here. The body of a 2xx is whole; of other answers it may be cut.
    /// - Parameter timeout: The longest that it may take; nil for no limit.
    func begin(_ request: HTTPRequest, timeout: Duration?, as number: Int)

    /// Waits until exchanges have ended, or for that long; nil for no limit.
    ///
    /// Everything that waits for a service or for a time waits here.
    func wait(for duration: Duration?) -> HTTPProgress

    /// Opens a connection to a service that will be asked soon.
    func prepare(_ url: HTTPURL)
}

extension HTTPTransport {
    package func prepare(_ url: HTTPURL) {}
}

/// What has come of a wait.
package enum HTTPProgress {
    case ended([(number: Int, result: Result<HTTPResponse, HTTPFailure>)])
    /// The time has passed, and nothing has ended.
    case timePassed
    /// Somebody ended the run. No exchange goes on; those of the numbers had begun to leave.
    case cancelled(sent: Set<Int>)
}

extension HTTPTransport {
    /// One exchange by itself, once.
    package func exchange(
        _ request: HTTPRequest, timeout: Duration?
    ) throws(HTTPFailure) -> HTTPResponse {
        begin(request, timeout: timeout, as: 0)
        while true {
            switch wait(for: .seconds(60)) {
            case .ended(let ended): return try ended[0].result.get()
            case .timePassed: continue
            case .cancelled(let sent): throw .cancelled(wasSent: sent.contains(0))
            }
        }
    }
}
