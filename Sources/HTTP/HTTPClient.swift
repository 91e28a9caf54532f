package import RetryEngine

/// How one attempt ended.
package typealias HTTPAttempt = Result<HTTPResponse, HTTPError>

/// Asks a service until it answers, one call after the other.
package struct HTTPClient<Clock: RetryClock> {
    package let driver: CallDriver<Clock>
    package let policy: RetryPolicy
    package let attemptLimit: Duration?
    private let observer: (CallEvent) -> Void

    /// - Parameter attemptLimit: The longest that one attempt may take; nil for no limit.
    package init(
        driver: CallDriver<Clock>, policy: RetryPolicy = .signing,
        attemptLimit: Duration? = RetryPolicy.signingAttemptLimit,
        observer: @escaping (CallEvent) -> Void = { _ in }
    ) {
        self.driver = driver
        self.policy = policy
        self.attemptLimit = attemptLimit
        self.observer = observer
    }

    package init(
        transport: any HTTPTransport, clock: Clock, policy: RetryPolicy = .signing,
        attemptLimit: Duration? = RetryPolicy.signingAttemptLimit,
        observer: @escaping (CallEvent) -> Void = { _ in }
    ) {
        self.init(
            driver: CallDriver(transport: transport, clock: clock), policy: policy,
            attemptLimit: attemptLimit, observer: observer)
    }

    /// Asks until there is an answer, a permanent failure, no attempt or no time left.
    ///
    /// An answer is a 2xx that `read` accepts, or a status of `request.answers`. A pause that the service
    /// asks for is kept; one that would end at the deadline ends the call instead.
    /// - Parameters:
    ///   - deadline: Nil for none.
    ///   - read: See `HTTPCall.read`; only of a 2xx.
    package func send(
        _ request: HTTPRequest, deadline: Clock.Instant?,
        reading read: @escaping (HTTPResponse) throws -> Void = { _ in }
    ) -> HTTPOutcome {
        driver.perform(
            HTTPCall(
                request.description, policy: policy, attemptLimit: attemptLimit,
                deadline: deadline, observer: observer, request: { _ in request },
                read: { response in
                    if response.isSuccess { try read(response) }
                    return .done
                }))
    }
}
