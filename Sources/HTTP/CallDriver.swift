package import RetryEngine

/// Makes calls, any number at once, on one thread: attempts, pauses, limits, cancellation.
///
/// `RetryState` decides after each attempt, `ServiceGate` for the calls of a service together, and only
/// the transport waits.
package final class CallDriver<Clock: RetryClock> {
    package typealias Call = HTTPCall<Clock.Instant>
    package typealias Ended = (number: Int, outcome: HTTPOutcome)

    package let clock: Clock
    private let transport: any HTTPTransport
    private var running: [Int: RunningCall<Clock.Instant>] = [:]
    private var gates: [String: ServiceGate<Clock.Instant>] = [:]
    private var ended: [Ended] = []
    private var lastNumber = 0

    package init(transport: any HTTPTransport, clock: Clock) {
        self.transport = transport
        self.clock = clock
    }

    /// Begins a call.
    /// - Returns: The number by which its end is told.
    package func start(_ call: Call) -> Int {
        lastNumber += 1
        running[lastNumber] = RunningCall(call, since: clock.now)
        return lastNumber
    }

    /// Waits until a call has ended; nil where none is left, or at that time.
    package func next(until end: Clock.Instant? = nil) -> Ended? {
        while ended.isEmpty {
            if running.isEmpty, end == nil || isCancelled { return nil }
            advance(until: end)
            if ended.isEmpty, let end, clock.now >= end { return nil }
        }
        return ended.removeFirst()
    }

    /// Makes a call to its end; others go on meanwhile.
    package func perform(_ call: Call) -> HTTPOutcome {
        let number = start(call)
        while true {
            if let place = ended.firstIndex(where: { $0.number == number }) {
                return ended.remove(at: place).outcome
            }
            advance(until: nil)
        }
    }

    /// Whether the last wait was ended from outside.
    package private(set) var isCancelled = false

    private func advance(until end: Clock.Instant?) {
        var due = end.map { [$0] } ?? []
        let count = ended.count
        for number in running.keys.sorted() {
            if let next = admit(number) { due.append(next) }
        }
        guard ended.count == count else { return }
        let pause = due.min().map { max(clock.now.duration(to: $0), .zero) }
        guard running.values.contains(where: \.isUnderWay) else {
            if let pause, !clock.pause(for: pause) {
                isCancelled = true
                cancel(sent: [])
            }
            return
        }
        switch transport.wait(for: pause) {
        case .ended(let exchanges):
            for (number, result) in exchanges { take(result, of: number) }
        case .timePassed: break
        case .cancelled(let sent):
            isCancelled = true
            cancel(sent: sent)
        }
    }

    private func gate<Value>(
        of call: Call, _ body: (inout ServiceGate<Clock.Instant>) -> Value
    ) -> Value? {
        call.service.map { body(&gates[$0, default: ServiceGate()]) }
    }
}

// MARK: - Before an attempt

extension CallDriver {
    /// Begins the next attempt of a call if its time has come.
    /// - Returns: When to look again; nil where something else will tell.
    private func admit(_ number: Int) -> Clock.Instant? {
        guard var run = running[number] else { return nil }
        let now = clock.now
        switch run.state {
        case .exchanging, .makingSure: return nil
        case .pausing(let end) where now < end: return end
        case .pausing:
            // A pause may last longer than asked for.
            if let end = run.call.end, now >= end {
                finish(number, .deadlineExceeded)
                return nil
            }
            run.wait(since: now)
        case .waiting:
            if let end = run.fixedEnd, now >= end {
                finish(number, .deadlineExceeded)
                return nil
            }
        }
        switch gate(of: run.call, { $0.admit(number, at: now) }) ?? .goes {
        case .ends(let error):
            run.last = .failure(error)
            running[number] = run
            finish(number, .attemptsExhausted)
        case .waits(let until):
            running[number] = run
            return [until, run.fixedEnd].compactMap { $0 }.min()
        case .pauses(let until, let error):
            running[number] = run
            // Who would have no time left after it need not wait for it.
            guard let end = run.call.end, until >= end else { return until }
            running[number]?.last = run.last ?? .failure(error)
            finish(number, .deadlineExceeded)
        case .goes:
            run.endWait(at: now)
            running[number] = run
            // Limits that have passed before the first attempt leave nothing to try.
            if let end = run.call.end, now >= end {
                finish(number, .deadlineExceeded)
            } else {
                begin(number)
            }
        }
        return nil
    }

    private func begin(_ number: Int) {
        guard var run = running[number] else { return }
        run.attempt += 1
        run.state = .exchanging
        running[number] = run
        run.call.observer(.begins(attempt: run.attempt, of: run.call.policy.attempts))
        do {
            // Which may make calls of its own, for a token.
            let request = try run.call.request(run.attempt)
            running[number]?.beginLimit(at: clock.now)
            send(request, of: number)
        } catch {
            fail(number, error)
        }
    }

    /// Begins an exchange of the present attempt.
    private func send(_ request: HTTPRequest, of number: Int) {
        running[number]?.name = request.description
        running[number]?.request = request
        guard let run = running[number] else { return }
        let timeout = run.timeout(of: request, at: clock.now)
        if let timeout, timeout <= .zero {
            fail(number, .notSent(reason: "the attempt has reached its limit"))
        } else {
            transport.begin(request, timeout: timeout, as: number)
        }
    }
}

// MARK: - After an attempt

extension CallDriver {
    private func take(_ result: Result<HTTPResponse, HTTPFailure>, of number: Int) {
        guard let run = running[number], let request = run.request else { return }
        if case .makingSure(let failure, let size) = run.state {
            fail(
                number,
                result.isAnswer
                    ? .bodyTooLarge(size: size, "\(failure)")
                    : failure.failureClass == .permanent
                        ? .unknownOutcome(reason: "\(failure)") : failure)
            return
        }
        do throws(HTTPFailure) {
            let response = try result.get()
            var next = Call.Next.done
            try response.check(against: request) { next = try run.call.read($0) }
            switch next {
            case .done:
                tell(number, .success(response))
                finish(number, .settled)
            case .send(let request): send(request, of: number)
            }
        } catch {
            if let other = run.call.standIn(error) {
                running[number]?.beginLimit(at: clock.now)
                send(other, of: number)
            } else if let small = run.call.smallRequest, let size = request.body?.count,
                error.mayBeOfSize(size)
            {
                running[number]?.state = .makingSure(error, size: size)
                running[number]?.beginLimit(at: clock.now)
                transport.begin(
                    small, timeout: running[number]?.timeout(of: small, at: clock.now), as: number)
            } else {
                fail(number, error)
            }
        }
    }

    private func tell(_ number: Int, _ result: HTTPAttempt) {
        guard var run = running[number] else { return }
        run.last = result
        running[number] = run
        run.call.observer(.ended(attempt: run.attempt, call: run.name, result))
    }

    /// Decides what follows an attempt that has failed.
    private func fail(_ number: Int, _ failure: HTTPFailure) {
        guard let name = running[number]?.name else { return }
        let error = HTTPError(call: name, failure: failure)
        tell(number, .failure(error))
        guard var run = running[number] else { return }
        let verdict = run.progress.verdict(on: failure, isAccident: run.call.isAccident(failure))
        if failure.isTroubleOfService {
            let pauseEnd = failure.retryAfter.map { clock.now.advanced(by: $0.clamped) }
            let counts = gate(of: run.call) {
                $0.noteTrouble(of: number, error, pauseEnd: pauseEnd)
            }
            if counts == false {
                run.wait(since: clock.now)
                running[number] = run
                return
            }
            if gate(of: run.call, { $0.isGivenUp(after: number) }) == true {
                running[number] = run
                finish(number, .attemptsExhausted)
                return
            }
        } else {
            gate(of: run.call) { $0.noteAnswer() }
        }
        run.counted += 1
        let decision = run.retries.decide(
            after: verdict, attempt: run.counted,
            remaining: run.call.end.map { clock.now.duration(to: $0) })
        switch decision {
        case .finish(let reason):
            running[number] = run
            finish(number, reason)
        case .pause(let pause):
            run.state = .pausing(until: clock.now.advanced(by: pause))
            running[number] = run
            run.call.observer(
                .pauses(after: run.attempt, of: run.call.policy.attempts, error, pause))
        }
    }

    private func finish(_ number: Int, _ reason: Reason) {
        guard let run = running.removeValue(forKey: number) else { return }
        let result = run.ending(reason, at: clock.now)
        var isExpired = false
        if case .failure(let error) = result, error.failureClass == .deadline {
            isExpired = run.isExpired
        }
        switch result {
        case .success:
            gate(of: run.call) { $0.noteAnswer() }
        case .failure:
            // What has ended with a certificate may be asked again under another one.
            let isInVain = reason != .settled && reason != .cancelled && !isExpired
            var last: HTTPError?
            if isInVain, case .failure(let error) = run.last { last = error }
            gate(of: run.call) { $0.leave(number, givingUpAfter: last) }
        }
        ended.append(
            (
                number,
                HTTPOutcome(
                    result: result, attempts: run.attempt,
                    failures: run.counted,
                    mayHaveTakenEffect: run.progress.mayHaveTakenEffect, waited: run.waited,
                    isExpired: isExpired)
            ))
    }

    private func cancel(sent: Set<Int>) {
        for number in running.keys.sorted() {
            if sent.contains(number) {
                guard let name = running[number]?.name else { continue }
                _ = running[number]?.progress.verdict(on: .cancelled(wasSent: true))
                tell(number, .failure(HTTPError(call: name, failure: .cancelled(wasSent: true))))
            }
            finish(number, .cancelled)
        }
    }
}

extension Result where Success == HTTPResponse {
    /// The service itself has said something.
    fileprivate var isAnswer: Bool {
        if case .success(let response) = self {
            !isTransient(status: response.status)
        } else {
            false
        }
    }
}
