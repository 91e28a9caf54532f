import Console
import OperatingSystem
import ProcessRunner
import Reports
import RetryEngine

/// The story of one run: attempts, and what they amount to.
final class RunCommand {
    let settings: RunSettings
    private let command: Command
    let supervisor: Supervisor
    let reporter: Reporter
    let deadline: Supervisor.Instant?
    let spool: StandardInputSpool?
    private let started = wallClock()
    private let start: Supervisor.Instant

    private(set) var attempts: [AttemptRecord] = []
    private(set) var attemptCount = 0
    private var failures = FailureCounts()
    private let trace: RunTrace?
    private let sections: AttemptSections
    private var held = HeldStreams()
    /// What was held of an attempt that would have succeeded, and did not arrive.
    private var lostOfSuccess: LostOutput?
    /// Why a later attempt could not be started.
    private(set) var ownFailure: ProcessError?

    init(
        _ settings: RunSettings, command: Command, supervisor: Supervisor, reporter: Reporter,
        trace: RunTrace? = nil
    ) {
        self.trace = trace
        sections = AttemptSections(settings, command: command.name, reporter: reporter)
        self.settings = settings
        self.command = command
        self.supervisor = supervisor
        self.reporter = reporter
        start = supervisor.now
        deadline = settings.deadline.map { supervisor.now.advanced(by: $0) }
        let needsSpool =
            settings.replaysInput && supervisor.inputIsReadable && !supervisor.inputIsSeekable
        spool = needsSpool && settings.policy.attempts != 1 ? StandardInputSpool() : nil
    }

    /// Runs the command until the policy is satisfied.
    func run() -> RunRecord {
        let clock = SupervisedClock(
            supervisor: supervisor, reporter: reporter, prepareAttempt: prepareRetry)
        warnWhenNested()
        do {
            let outcome = try retry(
                policy: settings.policy, deadline: deadline, clock: clock, observer: announce
            ) { number in
                try attempt(number)
            }
            if let lost = held.emit(by: supervisor, until: deadline) { reporter.fail("\(lost)") }
            let record = record(outcome)
            if record.result != .succeeded, outcome.reason != .cancelled { giveUp() }
            return record
        } catch {
            reporter.fail("\(error)")
            return record(.ownFailure, .notStarted)
        }
    }

    private func attempt(_ number: Int) throws -> (AttemptRecord, Verdict) {
        let connected = AttemptStreams(settings, replaying: spool)
        let streams = connected.streams
        let attemptStart = supervisor.now
        let begun = wallClock()
        let ownLimit = settings.timeout.map { attemptStart.advanced(by: $0) }
        let limit = [ownLimit, deadline].compactMap { $0 }.min()
        let completion: Completion
        do {
            completion = try supervisor.run(
                environment(number), streams: streams, until: limit,
                termination: settings.termination,
                isLast: number == settings.policy.attempts && settings.successIf == nil
            ) {
                held.emitAside(by: supervisor, until: deadline)
                sections.open(attempt: number)
            }
        } catch {
            guard let last = attempts.last else { throw error }
            ownFailure = error
            reporter.fail("attempt \(number) was not started: \(error)")
            return (last, .stop)
        }
        sections.close(attempt: number)
        held = HeldStreams(output: streams.output?.held, error: streams.error?.held)
        warnOfComforts(streams)
        for process in supervisor.refused {
            reporter.warn("process \(process) could not be signalled: operation not permitted")
        }
        let failure = StreamFailure(streams, input: spool)
        var judgement = judge(completion, connected.tails, failure)
        let duration = attemptStart.duration(to: supervisor.now)
        if judgement.verdict == .succeeded { judgement = emitHeld(of: judgement) }
        let isWhole = failure == nil && lostOfSuccess == nil
        let record = AttemptRecord(
            number: number, started: begun, offset: start.duration(to: attemptStart),
            duration: duration, completion: isWhole ? completion : completion.asFailure,
            hitDeadline: limit == deadline && limit != nil, judgement: judgement,
            process: supervisor.lastProcess)
        remember(record)
        explain(record)
        return (record, judgement.verdict)
    }

    private func judge(
        _ completion: Completion, _ tails: Judge.Tails, _ failure: StreamFailure?
    ) -> Judgement {
        var isCutOff = false
        var judgement = settings.judge.judge(
            failure == nil ? completion : completion.asFailure, tails: tails,
            stopRequest: supervisor.stopRequest, isWhole: failure == nil, now: wallClock()
        ) {
            isCutOff = isCutOff || !supervisor.mayGoOn(until: deadline)
            return !isCutOff
        }
        if isCutOff { judgement = judgement.cutOff(by: supervisor.stopRequest) }
        if let failure {
            if settings.isQuiet || completion.asFailure == completion {
                reporter.fail("\(failure)")
            }
            if completion.asFailure != completion {
                judgement = Judgement(
                    verdict: judgement.verdict, reason: "\(failure)", rule: failure.rule)
            }
        } else if judgement.verdict != .succeeded, hasSucceededAnyway(completion) {
            return Judgement(
                verdict: .succeeded, reason: "--success-if says success", rule: .successCommand)
        }
        if case .retry = judgement.verdict, let rule = ruleOfInput {
            return Judgement(
                verdict: .stop, reason: judgement.reason,
                rule: judgement.rule == .lostInput ? .lostInput : rule)
        }
        return judgement
    }

    /// A success is one once its output has arrived.
    private func emitHeld(of success: Judgement) -> Judgement {
        lostOfSuccess = held.emit(by: supervisor, until: deadline)
        guard let lost = lostOfSuccess else { return success }
        if settings.isQuiet { reporter.fail("\(lost)") }
        return Judgement(verdict: .stop, reason: "\(lost)", rule: .lostOutput)
    }

    /// A later attempt would get a part of the input.
    var ruleOfInput: DecidingRule? {
        if spool?.failure != nil { return .inputNotRead }
        return spool?.givenUp != nil ? .inputNotKept : nil
    }

    /// Thousands of attempts take no more memory than a few, unless a report wants them all.
    private func remember(_ record: AttemptRecord) {
        attemptCount += 1
        attempts.append(record)
        if record.judgement.verdict != .succeeded { failures.add(record.reason) }
        let limit = trace == nil ? 40 : 500
        if settings.reports.isEmpty, attempts.count > limit { attempts.removeFirst() }
    }

    func noteDelay(_ pause: Duration) {
        attempts[attempts.count - 1].delayAfter = pause
    }

    /// The run was asked to stop, or ran out of time, between two attempts.
    var hasEnded: Bool {
        supervisor.stopRequest != nil || deadlineHasPassed
    }

    var deadlineHasPassed: Bool { deadline.map { supervisor.now >= $0 } == true }

    func environment(_ number: Int) -> Command {
        var command = command
        command.set("RETRY_RUN_ATTEMPT", to: "\(number)")
        command.set("RETRY_RUN_MAX_ATTEMPTS", to: settings.policy.attempts.map { "\($0)" })
        command.set(
            "RETRY_RUN_REMAINING",
            to: deadline.map { "\(max(0, supervisor.now.duration(to: $0).components.seconds))" })
        for (name, value) in trace?.variables(attempt: number) ?? [] {
            command.set(name, to: value)
        }
        return command
    }

    private func record(_ outcome: Outcome<AttemptRecord>) -> RunRecord {
        var exit: RunExit
        var result: RunRecord.Result
        if outcome.reason == .cancelled, let signal = supervisor.stopRequest {
            (exit, result) = (.signal(signal), .cancelled)
        } else if let last = outcome.value {
            (exit, result) = conclude(last, outcome)
        } else if outcome.reason == .deadlineExceeded {
            reporter.fail("the deadline was over before the first attempt")
            (exit, result) = (.timeout, .deadline)
        } else {
            (exit, result) = (.ownFailure, .notStarted)
        }
        if let lost = lostOfSuccess {
            switch (lost.failure, supervisor.stopRequest) {
            case (.write, _): (exit, result) = (.code(1), .failed)
            case (.notTaken, let signal?): (exit, result) = (.signal(signal), .cancelled)
            case (.notTaken, nil): (exit, result) = (.timeout, .deadline)
            }
        }
        return record(exit, result)
    }

    private func record(_ exit: RunExit, _ result: RunRecord.Result) -> RunRecord {
        RunRecord(
            command: printable(command.name.utf8), started: started,
            duration: start.duration(to: supervisor.now),
            attempts: attempts, attemptCount: attemptCount, failures: failures, result: result,
            exit: exit)
    }

    private func conclude(
        _ last: AttemptRecord, _ outcome: Outcome<AttemptRecord>
    ) -> (RunExit, RunRecord.Result) {
        if outcome.verdict == .succeeded {
            let isFlaky = attemptCount > 1
            return (.code(isFlaky ? settings.failOnFlaky ?? 0 : 0), .succeeded)
        }
        var exit = RunExit(last.completion)
        if supervisor.stopRequest != nil { return (exit, .cancelled) }
        // Another attempt might have helped: the policy or the deadline ended the run.
        if case .retry = last.judgement.verdict, let code = settings.giveUpCode {
            exit = .code(code)
        }
        switch last.completion {
        case .notStarted: return (exit, .notStarted)
        case .timedOut: return (exit, last.hitDeadline ? .deadline : .timeout)
        case .ended: return (exit, outcome.reason == .deadlineExceeded ? .deadline : .failed)
        }
    }
}

extension Completion {
    /// The same where what the command has written did not arrive: 0 becomes 1.
    fileprivate var asFailure: Completion {
        self == .ended(.exited(0)) ? .ended(.exited(1)) : self
    }
}
