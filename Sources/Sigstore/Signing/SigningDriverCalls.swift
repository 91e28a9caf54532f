import FoundationEssentials
import HTTP
import RetryEngine

/// The calls of sessions: begun, read, and taken in when they have ended.
extension SigningDriver {
    func start(_ call: ServiceCall, of number: Int) throws {
        enter(call.phase, number)
        guard var run = active[number] else { return }
        if run.session.begin(call) { run.isStored = true }
        if run.isStored { try actions?.store(number, run.session) }
        let begin = calls.clock.now
        run.limit = run.limit ?? calls.limit.map { begin.advanced(by: $0) }
        run.call = call
        (run.refusal, run.unusable) = (nil, nil)
        var policy = calls.policy
        if call.isPatient { policy.attempts = policy.attempts.map { max($0, 10) } }
        let expiry = call.expiry.map {
            begin.advanced(by: .seconds($0.timeIntervalSince(now)))
        }
        run.callNumber = calls.driver.start(
            HTTPCall(
                call.name, to: call.service, policy: policy, attemptLimit: calls.attemptLimit,
                deadline: calls.deadline, limit: run.limit, expiry: expiry,
                smallRequest: call.smallRequest,
                observer: { [calls] in calls.observer(.call(call.phase, $0), number) },
                request: { [self] attempt throws(HTTPFailure) in
                    active[number]?.attempt = attempt
                    return try call.request(attempt)
                },
                read: { [self] response in
                    try read(response, to: call, number)
                    return .done
                }))
        active[number] = run
    }

    private func read(_ response: HTTPResponse, to call: ServiceCall, _ number: Int) throws {
        guard var run = active[number] else { return }
        do {
            try run.session.read(
                response, to: call, attempt: run.attempt, in: trustedRoot)
        } catch let answer as FinalAnswer {
            run.refusal = answer.failure
        } catch {
            active[number]?.unusable = error as? any PhaseFailure
            throw error
        }
        active[number] = run
    }

    /// Takes in how a call has ended.
    func take(_ ended: CallDriver<Clock>.Ended) {
        if certificates?.take(ended) == true {
            for number in active.keys.sorted() where active[number]?.awaitsCertificate == true {
                active[number]?.awaitsCertificate = false
                goOn(number)
            }
            return
        }
        guard let number = active.first(where: { $0.value.callNumber == ended.number })?.key
        else { return }
        let (push, call) = (active[number]?.push, active[number]?.call)
        active[number]?.endCall(waited: ended.outcome.waited)
        do {
            if let push {
                try take(ended.outcome, of: push, number)
            } else if let call {
                try take(ended.outcome, of: call, number)
            }
        } catch {
            fail(number, error)
            return
        }
        goOn(number)
    }

    private func take(_ outcome: HTTPOutcome, of call: ServiceCall, _ number: Int) throws {
        guard let run = active[number] else { return }
        switch outcome.result {
        case .success:
            if let refusal = run.refusal { try apply(.refused(call, refusal), to: number) }
        case .failure(let error):
            if outcome.isExpired {
                active[number]?.spentBy = SigningError(
                    call.phase, error.failureClass, className: error.className, "\(error)")
            }
            if let unusable = run.unusable, case .badResponse = error.failure {
                try apply(.refused(call, unusable), to: number)
            } else {
                try apply(
                    .failed(
                        call, error, mayHaveTakenEffect: outcome.mayHaveTakenEffect,
                        isExpired: outcome.isExpired), to: number)
            }
        }
        if run.isStored, let session = active[number]?.session {
            try actions?.store(number, session)
        }
    }
}
