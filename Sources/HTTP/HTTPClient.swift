package import RetryEngine

/// How one attempt ended.
package typealias HTTPAttempt = Result<HTTPResponse, HTTPError>

/// Asks a service until it answers: each call is one run of `retry`.
package struct HTTPClient<Clock: RetryClock> {
    private let transport: any HTTPTransport
    private let clock: Clock
    private var policy: RetryPolicy
    private let attemptLimit: Duration
    private let observer: (CallEvent) -> Void

    /// - Parameter attemptLimit: The longest that one attempt may take.
    package init(
        transport: any HTTPTransport, clock: Clock, policy: RetryPolicy = .signing,
        attemptLimit: Duration = RetryPolicy.signingAttemptLimit,
        observer: @escaping (CallEvent) -> Void = { _ in }
    ) {
        self.transport = transport
        self.clock = clock
        self.policy = policy
        self.attemptLimit = attemptLimit
        self.observer = observer
    }

    /// The same for an answer that is sure to come and may take a while: 10 attempts at least.
    package var patient: HTTPClient {
        var client = self
        client.policy.attempts = policy.attempts.map { max($0, 10) }
        return client
    }

    /// Asks until there is an answer, a permanent failure, no attempt or no time left.
    ///
    /// An answer is a 2xx that `request.validate` accepts, or a status of `request.answers`. A pause
    /// that the service asks for is kept; one that would end at the deadline ends the call instead.
    package func send(_ request: HTTPRequest, deadline: Clock.Instant) -> HTTPOutcome {
        send(request.description, deadline: deadline) { request }
    }

    /// Asks as `send(_:deadline:)` does, each time by a request made for the attempt.
    ///
    /// For a question that is not to be put twice in the same words, such as one with a nonce. A
    /// request that cannot be made is a permanent failure.
    /// - Parameter call: What messages name the call by where there was no request: the method and
    ///   the URL, without secrets.
    package func send(
        _ call: String, deadline: Clock.Instant,
        making request: () throws(HTTPFailure) -> HTTPRequest
    ) -> HTTPOutcome {
        var call = call
        var progress = CallProgress()
        let run = retry(policy: policy, deadline: deadline, clock: clock, observer: tell) {
            number in
            observer(.begins(attempt: number, of: policy.attempts))
            let limit = min(attemptLimit, clock.now.duration(to: deadline))
            let (result, verdict) = attempt(limit: limit, &progress) { () throws(HTTPFailure) in
                let request = try request()
                call = request.description
                return request
            }
            let attempt = result.mapError { HTTPError(call: call, failure: $0) }
            observer(.ended(attempt: number, call: call, attempt))
            return (attempt, verdict)
        }
        return HTTPOutcome(
            result: ending(run, call: call, deadline: deadline), attempts: run.attempts,
            mayHaveTakenEffect: progress.mayHaveTakenEffect)
    }

    private func tell(_ event: RetryEvent<HTTPAttempt>) {
        guard case .attemptFailed(let attempt, .failure(let error), let pause) = event else {
            return
        }
        observer(.pauses(after: attempt, of: policy.attempts, error, pause))
    }

    private func attempt(
        limit: Duration, _ progress: inout CallProgress,
        making make: () throws(HTTPFailure) -> HTTPRequest
    ) -> (Result<HTTPResponse, HTTPFailure>, Verdict) {
        do throws(HTTPFailure) {
            let request = try make()
            let response = try transport.exchange(request, timeout: limit)
            try response.check(against: request)
            return (.success(response), .succeeded)
        } catch {
            return (.failure(error), progress.verdict(on: error))
        }
    }

    /// The result of the run, with the deadline or the cancellation as its failure if one was.
    private func ending(
        _ run: Outcome<HTTPAttempt>, call: String, deadline: Clock.Instant
    ) -> HTTPAttempt {
        let last: HTTPFailure? =
            if case .failure(let error) = run.value { error.failure } else { nil }
        let failure: HTTPFailure
        switch (run.reason, run.value) {
        case (.settled, let value?):
            return value
        case (.attemptsExhausted, let value?) where clock.now < deadline:
            return value
        case (.cancelled, _):
            failure = .cancelled(wasSent: last?.mayHaveTakenEffect ?? false)
        default:
            failure = .deadlineExceeded(last: last)
        }
        return .failure(HTTPError(call: call, failure: failure))
    }
}
