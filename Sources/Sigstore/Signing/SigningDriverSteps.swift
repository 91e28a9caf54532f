import FoundationEssentials
import HTTP
import OCI
import RetryEngine
import SigningCrypto

/// Doing what sessions need next.
extension SigningDriver {
    /// The time by the clock that certificates are made by: that of the authority, where it has told. Of the
    /// local clock and those of other services the one that is ahead counts: nothing stretches the life of a
    /// certificate of an earlier run.
    var now: Date {
        let skew = calls.services.skew ?? .zero
        let local = calls.services.now
        return certificates?.time
            ?? max(local, local.addingTimeInterval(-(skew / .seconds(1))))
    }

    /// Does what a session needs, until it has to wait or has ended.
    func goOn(_ number: Int) {
        while active[number] != nil {
            active[number]?.session.prepareEntry()
            guard let session = active[number]?.session else { return }
            do {
                guard let step = try session.next(at: now, in: trustedRoot) else {
                    end(number, session)
                    return
                }
                if try !perform(step, of: number, session) { return }
            } catch {
                fail(number, error)
                return
            }
        }
    }

    /// - Returns: Whether the session can go on at once.
    private func perform(
        _ step: SigningStep, of number: Int, _ session: SigningSession
    ) throws -> Bool {
        switch step {
        case .certificate:
            return try takeCertificate(number, session)
        case .sign(let input):
            return try sign(input, number)
        case .call(let call):
            try start(call, of: number)
            return false
        case .pause(let end):
            active[number]?.pauseEnd = calls.clock.now.advanced(
                by: .seconds(end.timeIntervalSince(now)))
            return false
        case .turnToFallback:
            try apply(.turnedToFallback, to: number)
        case .renewServices:
            if renewed == nil { renewed = .some(try renewServices()) }
            try apply(.services(renewed ?? nil), to: number)
        case .check:
            enter(.selfCheck, number)
            try apply(.checked(try session.checkedBundle(in: trustedRoot)), to: number)
            leavePhase(number)
        case .write(let bundle):
            try actions?.write(number, bundle)
            try apply(.written, to: number)
        case .push(let call):
            try start(call, of: number)
            return false
        case .rest(let pause):
            try apply(.rested, to: number)
            let range = pause.range(call: active[number]?.longestPushCall ?? .zero)
            active[number]?.pauseEnd = calls.clock.now.advanced(by: .random(in: range))
            return false
        }
        return true
    }

    private func takeCertificate(_ number: Int, _ session: SigningSession) throws -> Bool {
        leavePhase(number, active[number]?.spentBy)
        guard let certificates else {
            throw SigningError(
                .certificate, .permanent, className: "certificate-ended",
                "\(session.renewalReason ?? "there is no certificate"), and there is no identity to sign "
                    + "anew with")
        }
        try session.checkIsGenuine(in: trustedRoot)
        let now = now
        let isUsedUp = session.isCertificateSpent || session.isLoggedTooLate
        let answer = certificates.certificate(from: session.services) {
            now < $0.leaf.usableUntil && !(isUsedUp && session.certificate == $0.leaf)
        }
        switch answer {
        case .certificate(let issued):
            if session.isInherited, let reason = session.renewalReason {
                actions?.signsAnew(number, reason)
            }
            try apply(.certificate(issued), to: number)
            return true
        case .requested:
            active[number]?.awaitsCertificate = true
            return false
        case .failed(let error):
            throw error
        }
    }

    private func sign(_ input: SigningInput, _ number: Int) throws -> Bool {
        guard let key = key ?? certificates?.key else {
            throw SigningError(.signature, .permanent, className: "key", "there is no key")
        }
        enter(.signature, number)
        let signature: [UInt8]
        do throws(SigningKeyError) {
            signature = try key.sign(input)
        } catch {
            guard var run = active[number] else { return false }
            var retries = run.signatures ?? RetryState(policy: calls.policy)
            run.signatureAttempts += 1
            let verdict: Verdict = error.isTransient ? .retry(after: error.retryAfter) : .stop
            let decision = retries.decide(
                after: verdict, attempt: run.signatureAttempts,
                remaining: calls.deadline.map { calls.clock.now.duration(to: $0) })
            run.signatures = retries
            guard case .pause(let pause) = decision else {
                active[number] = run
                throw SigningError(
                    .signature, error.isTransient ? .unknownOutcome : .permanent,
                    className: error.isTransient ? "unavailable" : "signature",
                    error.description)
            }
            run.pauseEnd = calls.clock.now.advanced(by: pause)
            active[number] = run
            return false
        }
        try apply(.signature(signature, by: key.publicKey), to: number)
        return true
    }

    func apply(
        _ result: SigningStep.Result, to number: Int
    ) throws(SigningError) {
        guard var run = active[number] else { return }
        // A failure leaves what has been learned.
        defer { active[number] = run }
        try run.session.apply(result)
    }
}

extension Duration {
    /// To the microsecond.
    fileprivate static func random(in range: ClosedRange<Duration>) -> Duration {
        let (low, high) = (range.lowerBound, range.upperBound)
        return .microseconds(
            Int64.random(in: Int64(low / .microseconds(1))...Int64(high / .microseconds(1))))
    }
}
