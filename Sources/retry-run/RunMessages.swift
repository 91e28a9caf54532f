import Console
import OperatingSystem
import ProcessRunner
import RetryEngine

/// What is said of a run while it goes on.
extension RunCommand {
    /// Retries multiply. Said in the first attempt of the outer run only.
    func warnWhenNested() {
        guard environmentVariable("RETRY_RUN_ATTEMPT") == "1" else { return }
        let limit = environmentVariable("RETRY_RUN_MAX_ATTEMPTS")
        guard let limit, let inner = settings.policy.attempts else {
            return reporter.warn("nested in another retry-run: attempts without a limit")
        }
        guard let outer = Int(limit), outer > 0 else {
            return reporter.warn("nested in another retry-run: attempts multiply")
        }
        if outer == 1 || inner == 1 { return }
        let (total, isTooLarge) = outer.multipliedReportingOverflow(by: inner)
        let product = isTooLarge ? "" : " = \(total)"
        reporter.warn("nested in another retry-run: \(outer) × \(inner)\(product) attempts")
    }

    func announce(_ event: RetryEvent<AttemptRecord>) {
        switch event {
        case .attemptFailed(let number, let record, let pause):
            noteDelay(pause)
            reporter.attemptFailed(
                number, of: settings.policy.attempts, reason: words(record), next: pause,
                told: record.judgement.toldDelay)
        case .gaveUp(_, let record, let reason):
            // Before a pause it has been said.
            if attempts.last?.delayAfter == nil {
                reporter.attemptFailed(
                    record.number, of: settings.policy.attempts, reason: words(record), next: nil)
            }
            reporter.gaveUp(after: record.number, because: explanation(reason))
            noteGiveUpCode(record)
        case .recovered(let number, _):
            reporter.recovered(on: number, of: settings.policy.attempts)
            if let code = settings.failOnFlaky {
                reporter.note("exit status \(code) because of --fail-on-flaky")
            }
        }
    }

    private func words(_ record: AttemptRecord) -> String {
        record.reason + (settings.isVerbose ? " after \(durationText(record.duration))" : "")
    }

    private func explanation(_ reason: Reason) -> String {
        if let signal = supervisor.stopRequest { return "stopped by \(signal)" }
        if ownFailure != nil { return "the next attempt could not be started" }
        switch reason {
        case .settled: return ruleOfInput.map { "\($0)" } ?? "not worth another attempt"
        case .attemptsExhausted: return "no attempts are left"
        case .deadlineExceeded:
            return deadlineHasPassed
                ? "the deadline has passed" : "the next pause would not end before the deadline"
        case .cancelled: return "cancelled"
        }
    }

    /// With `--explain`: which rule decided. Not where the first attempt has succeeded: nothing is said of
    /// that.
    func explain(_ record: AttemptRecord) {
        guard settings.explains, attemptCount > 1 || record.judgement.verdict != .succeeded else {
            return
        }
        let outcome =
            switch record.judgement.verdict {
            case .succeeded: "succeeded"
            case .stop: "failed, not worth another attempt"
            case .retry: "failed, worth another attempt"
            }
        reporter.note("attempt \(record.number) \(outcome): \(record.judgement.rule)")
    }

    private func noteGiveUpCode(_ record: AttemptRecord) {
        guard let code = settings.giveUpCode, supervisor.stopRequest == nil,
            case .retry = record.judgement.verdict
        else { return }
        reporter.note("exit status \(code) because of --give-up-code")
    }

    /// What makes a run more comfortable is not worth its failure.
    func warnOfComforts(_ streams: Streams) {
        if let error = spool?.givenUp {
            reporter.warn("stdin is not replayed, so a failure is not tried again: \(error)")
        }
        for (name, capture) in [("stdout", streams.output), ("stderr", streams.error)] {
            guard let error = capture?.givenUp else { continue }
            reporter.warn("\(name) is passed on instead of held: \(error)")
        }
    }
}
