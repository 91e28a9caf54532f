import HTTP
import OCI
import RetryEngine

/// Pushes. The calls of one part of a push are one attempt, up to the next pause; each registry is a service
/// with a gate of its own.
extension SigningDriver {
    func start(_ call: RegistryCall, of number: Int) throws {
        enter(.push, number)
        guard var run = active[number], let registries else {
            throw SigningError(.push, .permanent, className: "set-up", "there is no registry")
        }
        // Where there is a log it was stored before.
        if !run.isStored { try actions?.store(number, run.session) }
        run.isStored = true
        run.limit = run.limit ?? calls.limit.map { calls.clock.now.advanced(by: $0) }
        let conversation = RegistryConversation(with: call.repository.registry, registries)
        let push = PushCall<Clock.Instant>(conversation, run.session.pushStage)
        run.push = push
        var policy = calls.policy
        let failures = run.pushFailures[push.stage] ?? 0
        policy.attempts = policy.attempts.map { max($0 - failures, 1) }
        run.callNumber = calls.driver.start(
            HTTPCall(
                call.name, to: conversation.service, policy: policy,
                attemptLimit: calls.attemptLimit,
                deadline: calls.deadline, limit: run.limit,
                observer: { [calls] in calls.observer(.call(.push, $0), number) },
                request: { [self] attempt throws(HTTPFailure) in
                    if attempt > 1 { active[number]?.session.repeatPush() }
                    (push.readAt, push.hasReadAgain) = (nil, false)
                    return try nextRequest(of: push, active[number]?.session)
                },
                read: { [self] in try read($0, to: push, number) },
                standIn: conversation.standIn))
        active[number] = run
    }

    private func nextRequest(
        of push: PushCall<Clock.Instant>, _ session: SigningSession?
    ) throws(HTTPFailure) -> HTTPRequest {
        guard case .push(let call)? = session?.pushStep else {
            throw .setUp("go on with a push")
        }
        push.begunAt = calls.clock.now
        return try push.conversation.begin(call)
    }

    /// Takes in an answer, and names what is sent next.
    private func read(
        _ response: HTTPResponse, to push: PushCall<Clock.Instant>, _ number: Int
    ) throws(HTTPFailure) -> HTTPCall<Clock.Instant>.Next {
        switch try push.conversation.take(response) {
        case .send(let request):
            guard push.isStale(at: calls.clock.now) else { return .send(request) }
            push.hasReadAgain = true
            active[number]?.session.repeatPush()
            return .send(try nextRequest(of: push, active[number]?.session))
        case .answered(let answer):
            push.readAt = calls.clock.now
            guard var run = active[number] else { return .done }
            if let begunAt = push.begunAt {
                run.longestPushCall = max(
                    run.longestPushCall, begunAt.duration(to: calls.clock.now))
            }
            // A failure leaves what has been learned.
            defer { active[number] = run }
            try push.conversation.judging { () throws(RegistryError) in
                try run.session.read(answer)
            }
            guard run.session.pushStage == push.stage, case .push? = run.session.pushStep else {
                return .done
            }
            return .send(try nextRequest(of: push, run.session))
        }
    }

    /// Takes in how a part of a push has ended.
    func take(
        _ outcome: HTTPOutcome, of push: PushCall<Clock.Instant>, _ number: Int
    ) throws(SigningError) {
        active[number]?.pushFailures[push.stage, default: 0] += outcome.failures
        guard case .failure(let error) = outcome.result else { return }
        throw SigningError(.push, RegistryError(error, after: push.conversation.error))
    }
}

/// One part of a push on its way.
final class PushCall<Instant: InstantProtocol> where Instant.Duration == Duration {
    let conversation: RegistryConversation
    let stage: SigningSession.PushStage
    var begunAt: Instant?
    /// When the last answer was taken in.
    var readAt: Instant?
    /// Whether a list was read once more in this attempt, as what was read had become old.
    var hasReadAgain = false

    init(_ conversation: RegistryConversation, _ stage: SigningSession.PushStage) {
        self.conversation = conversation
        self.stage = stage
    }

    /// Between reading a list and writing it nobody else may have written it: after more time than that it
    /// is read again.
    private static var freshness: Duration { .milliseconds(20) }

    /// Whether a list is about to be written that was read too long ago, as a token had to be got between.
    func isStale(at now: Instant) -> Bool {
        guard !hasReadAgain, let readAt, conversation.callOnItsWay?.isReplacement == true else {
            return false
        }
        return readAt.duration(to: now) > Self.freshness
    }
}
