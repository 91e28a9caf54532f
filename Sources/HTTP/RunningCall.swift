import RetryEngine

/// A call on its way, as its driver knows it.
struct RunningCall<Instant: InstantProtocol> where Instant.Duration == Duration {
    enum State {
        /// For the service, or for its first attempt.
        case waiting
        case exchanging
        /// A small call shows whether the service is down, or the body was too large.
        case makingSure(HTTPFailure, size: Int)
        case pausing(until: Instant)
    }

    var call: HTTPCall<Instant>
    var state = State.waiting
    var retries: RetryState
    var progress = CallProgress()
    /// How many attempts were begun.
    var attempt = 0
    /// How many of them count: not those that failed while another call had found the service down.
    var counted = 0
    var name: String
    /// That of the last exchange.
    var request: HTTPRequest?
    /// The end of the present attempt; nil for none.
    private var attemptEnd: Instant?
    var last: HTTPAttempt?
    /// How long it has waited for others to find the service up again.
    var waited = Duration.zero
    private var waitingSince: Instant

    init(_ call: HTTPCall<Instant>, since now: Instant) {
        self.call = call
        name = call.name
        retries = RetryState(policy: call.policy)
        waitingSince = now
    }

    var isUnderWay: Bool {
        switch state {
        case .exchanging, .makingSure: true
        case .waiting, .pausing: false
        }
    }

    /// The ends that do not wait for a service.
    var fixedEnd: Instant? { [call.deadline, call.expiry].compactMap { $0 }.min() }

    mutating func wait(since now: Instant) {
        state = .waiting
        waitingSince = now
    }

    mutating func endWait(at now: Instant) {
        let duration = waitingSince.duration(to: now)
        waited += duration
        call.limit = call.limit?.advanced(by: duration)
        waitingSince = now
    }

    mutating func beginLimit(at now: Instant) {
        attemptEnd = call.attemptLimit.map { now.advanced(by: $0) }
    }

    /// The longest that an exchange of the present attempt may take; nil for no limit.
    func timeout(of request: HTTPRequest, at now: Instant) -> Duration? {
        let ends = [attemptEnd, call.end].compactMap { $0 }
        return (ends.map { now.duration(to: $0) } + [request.limit].compactMap { $0 }).min()
    }

    /// What the call depends on is over, and nothing else is.
    var isExpired: Bool { call.expiry != nil && call.end == call.expiry }

    /// The result, with the deadline or the cancellation as its failure if one was.
    func ending(_ reason: Reason, at now: Instant) -> HTTPAttempt {
        let failure: HTTPFailure? =
            if case .failure(let error) = last { error.failure } else { nil }
        let isOver = call.end.map { now >= $0 } ?? false
        switch (reason, last) {
        case (.settled, let last?): return last
        case (.attemptsExhausted, let last?) where !isOver: return last
        case (.cancelled, _):
            return .failure(
                HTTPError(
                    call: name,
                    failure: .cancelled(wasSent: failure?.mayHaveTakenEffect ?? false)))
        default:
            return .failure(HTTPError(call: name, failure: .deadlineExceeded(last: failure)))
        }
    }
}
