package import HTTP
package import RetryEngine

/// How services are called in one run: over which connections, how often, until when.
package struct SigningCalls<Clock: RetryClock> {
    /// Carries every exchange, so that it knows how far the clocks are apart.
    package let services: ClockComparison
    package let clock: Clock
    /// Of each call.
    package let policy: RetryPolicy
    /// The longest that one attempt may take.
    package let attemptLimit: Duration
    /// The end of everything.
    package var deadline: Clock.Instant
    package let observer: (SigningEvent) -> Void

    package init(
        services: ClockComparison, clock: Clock, policy: RetryPolicy = .signing,
        attemptLimit: Duration = RetryPolicy.signingAttemptLimit, deadline: Clock.Instant,
        observer: @escaping (SigningEvent) -> Void = { _ in }
    ) {
        self.services = services
        self.clock = clock
        self.policy = policy
        self.attemptLimit = attemptLimit
        self.deadline = deadline
        self.observer = observer
    }

    /// The client for the calls of one phase.
    package func client(_ phase: SigningPhase) -> HTTPClient<Clock> {
        HTTPClient(
            transport: services, clock: clock, policy: policy, attemptLimit: attemptLimit
        ) { [observer] event in
            observer(.call(phase, event))
        }
    }

    /// Tells the beginning and the end of a phase.
    package func perform<Value>(
        _ phase: SigningPhase, _ body: () throws(SigningError) -> Value
    ) throws(SigningError) -> Value {
        observer(.begins(phase))
        do {
            let value = try body()
            observer(.ended(phase, nil))
            return value
        } catch {
            observer(.ended(phase, error))
            throw error
        }
    }

    /// Asks, and once more where the answer was one that accidents make too.
    ///
    /// - Parameter isAccident: Whether another answer may be another one.
    func askTwice<Value, Failure: PhaseFailure>(
        _ phase: SigningPhase, isAccident: (Failure) -> Bool,
        ask: (_ attempt: Int) throws(Failure) -> Value
    ) throws(SigningError) -> Value {
        var once = policy
        once.attempts = min(2, policy.attempts ?? 2)
        let outcome: Outcome<Result<Value, Failure>> = retry(
            policy: once, deadline: deadline, clock: clock,
            observer: { event in
                guard case .attemptFailed(_, .failure(let failure), let pause) = event else {
                    return
                }
                observer(.asksAgain(phase, reason: "\(failure)", pause: pause))
            },
            operation: { attempt in
                let result = Result { () throws(Failure) in try ask(attempt) }
                guard case .failure(let failure) = result else { return (result, .succeeded) }
                return (result, isAccident(failure) ? .retry() : .stop)
            })
        switch outcome.value {
        case nil: throw .noTime(phase)
        case .success(let value): return value
        case .failure(let failure) where outcome.reason == .cancelled:
            throw .cancelled(phase, after: "\(failure)")
        case .failure(let failure): throw SigningError(phase, failure)
        }
    }
}
