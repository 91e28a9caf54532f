package import HTTP
package import RetryEngine

/// How services are called in one run: over which connections, how often, until when.
package struct SigningCalls<Clock: RetryClock> {
    /// Carries every exchange, so that it knows how far the clocks are apart.
    package let services: ClockSkewTransport
    package let driver: CallDriver<Clock>
    /// Of each call.
    package let policy: RetryPolicy
    /// The longest that one attempt may take; nil for no limit.
    package let attemptLimit: Duration?
    /// The longest that one signature may take from its first call, and what comes before all of them;
    /// nil for no limit.
    package let limit: Duration?
    /// The end of everything; nil for none.
    package var deadline: Clock.Instant?
    /// Told what happens, with the number of the signature it is for; nil where it is for all of them.
    package let observer: (SigningEvent, _ number: Int?) -> Void

    package init(
        services: ClockSkewTransport, clock: Clock, policy: RetryPolicy = .signing,
        attemptLimit: Duration? = RetryPolicy.signingAttemptLimit,
        limit: Duration? = RetryPolicy.signingDeadline, deadline: Clock.Instant? = nil,
        observer: @escaping (SigningEvent, _ number: Int?) -> Void = { _, _ in }
    ) {
        self.services = services
        driver = CallDriver(transport: services, clock: clock)
        self.policy = policy
        self.attemptLimit = attemptLimit
        self.limit = limit
        self.deadline = deadline
        self.observer = observer
    }

    package var clock: Clock { driver.clock }

    /// The end of something that begins now; nil for none.
    package var end: Clock.Instant? {
        [deadline, limit.map { clock.now.advanced(by: $0) }].compactMap { $0 }.min()
    }

    /// The client for the calls of one phase.
    package func client(_ phase: SigningPhase) -> HTTPClient<Clock> {
        HTTPClient(driver: driver, policy: policy, attemptLimit: attemptLimit) {
            [observer] event in observer(.call(phase, event), nil)
        }
    }

    /// Tells the beginning and the end of a phase.
    package func perform<Value>(
        _ phase: SigningPhase, for number: Int? = nil, _ body: () throws(SigningError) -> Value
    ) throws(SigningError) -> Value {
        observer(.begins(phase), number)
        do {
            let value = try body()
            observer(.ended(phase, nil), number)
            return value
        } catch {
            observer(.ended(phase, error), number)
            throw error
        }
    }
}
