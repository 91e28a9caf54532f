import Console
import ProcessRunner
import Reports
import RetryEngine

extension FinishedRun {
    /// What is told of a run when it is over.
    init(_ record: RunRecord, settings: RunSettings) {
        let exit: Exit =
            switch record.exit {
            case .code(let code): .code(code)
            case .signal(let signal): .signal("\(signal)", number: signal.rawValue)
            }
        self.init(
            command: record.command, result: record.result, exit: exit, started: record.started,
            duration: record.duration, attemptLimit: settings.policy.attempts,
            timeout: settings.timeout, deadline: settings.deadline,
            worstCase: DryRun(settings).worstCase, attempts: record.attempts.map(Attempt.init),
            attemptCount: record.attemptCount, failures: record.failures)
    }
}

extension FinishedRun.Attempt {
    fileprivate init(_ record: AttemptRecord) {
        var exitCode: Int32?
        var signal: String?
        let outcome: Outcome
        switch record.completion {
        case .ended(.exited(let code)): (outcome, exitCode) = (.exited, code)
        case .ended(.signalled(let name)): (outcome, signal) = (.signalled, "\(name)")
        case .timedOut(let status):
            outcome = record.hitDeadline ? .deadline : .timeout
            switch status {
            case .exited(let code)?: exitCode = code
            case .signalled(let name)?: signal = "\(name)"
            case nil: break
            }
        case .notStarted(let failure): (outcome, exitCode) = (.notStarted, failure.exitCode)
        }
        let verdict: Verdict =
            switch record.judgement.verdict {
            case .succeeded: .success
            case .stop: .stop
            case .retry: .retry
            }
        self.init(
            number: record.number, offset: record.offset, duration: record.duration,
            started: record.started, outcome: outcome, exitCode: exitCode, signal: signal,
            verdict: verdict, reason: record.reason, rule: record.judgement.shownRule,
            delayAfter: record.delayAfter, process: record.process)
        toldDelay = record.judgement.toldDelay
    }
}

extension Judgement {
    /// Nil where the rule says nothing that the reason does not say.
    fileprivate var shownRule: String? {
        switch rule {
        case .exitCodeZero, .anyFailure, .timeLimit, .successCommand, .lostOutput, .lostInput: nil
        default: "\(rule)"
        }
    }
}
