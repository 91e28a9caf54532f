import POSIX
import Console
import ProcessRunner
import RetryEngine

/// The story of one run: attempts, hooks, streams, and what they amount to.
final class RunCommand {
    private let settings: RunSettings
    private let command: Command
    private let supervisor: Supervisor
    private let reporter: Reporter
    private let deadline: Supervisor.Instant?
    private let spool: StandardInputSpool?
    private let started = wallClock()
    private let start: Supervisor.Instant

    private var attempts: [AttemptRecord] = []
    private var attemptCount = 0
    private var held = HeldStreams()
    /// A signal asked us to stop while no attempt ran.
    private var wasStoppedInPause = false
    /// Why a later attempt could not be started.
    private var ownFailure: ProcessError?

    init(
        _ settings: RunSettings, command: Command, supervisor: Supervisor, reporter: Reporter
    ) {
        self.settings = settings
        self.command = command
        self.supervisor = supervisor
        self.reporter = reporter
        start = supervisor.now
        deadline = settings.deadline.map { supervisor.now.advanced(by: $0) }
        let needsSpool = settings.replaysInput && !supervisor.inputIsSeekable
        spool = needsSpool && settings.policy.attempts != 1 ? StandardInputSpool() : nil
    }

    /// Runs the command until the policy is satisfied.
    func run() -> RunRecord {
        let clock = SupervisedClock(supervisor: supervisor, reporter: reporter)
        warnWhenNested()
        do {
            let outcome = try retry(
                policy: settings.policy, deadline: deadline, clock: clock, observer: announce
            ) { number in
                try attempt(number)
            }
            let lost = held.emit(by: supervisor, until: deadline)
            if let lost { reporter.fail("\(lost)") }
            let record = record(outcome, lost)
            if record.result != .succeeded, outcome.reason != .cancelled { giveUp() }
            return record
        } catch {
            reporter.fail("\(error)")
            return record(.ownFailure, .notStarted)
        }
    }

    /// Retries multiply. Said in the first attempt of the outer run only.
    private func warnWhenNested() {
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

    private func attempt(_ number: Int) throws -> (AttemptRecord, Verdict) {
        if number > 1 {
            held.emitAside(by: supervisor, until: deadline)
            prepareRetry(number)
            wasStoppedInPause = supervisor.stopRequest != nil
            if let last = attempts.last, hasEnded { return (last, .stop) }
        }
        let (streams, tails) = connect()
        let attemptStart = supervisor.now
        let begun = wallClock()
        let ownLimit = settings.timeout.map { attemptStart.advanced(by: $0) }
        let limit = [ownLimit, deadline].compactMap { $0 }.min()
        let completion: Completion
        do {
            completion = try supervisor.run(
                environment(number), streams: streams, until: limit, ending: settings.ending,
                isLast: number == settings.policy.attempts && settings.successIf == nil)
        } catch {
            guard let last = attempts.last else { throw error }
            ownFailure = error
            reporter.fail("attempt \(number) was not started: \(error)")
            return (last, .stop)
        }
        held = HeldStreams(output: streams.output?.held, error: streams.error?.held)
        warnOfComforts(streams)
        for process in supervisor.refused {
            reporter.warn("process \(process) could not be signalled: operation not permitted")
        }
        let lost = LostOutput(streams)
        let judgement = judge(completion, tails, lost)
        let record = AttemptRecord(
            number: number, started: begun, duration: attemptStart.duration(to: supervisor.now),
            completion: lost == nil ? completion : completion.asFailure,
            hitDeadline: limit == deadline && limit != nil, judgement: judgement)
        remember(record)
        return (record, judgement.verdict)
    }

    private func judge(
        _ completion: Completion, _ tails: Judge.Tails, _ lost: LostOutput?
    ) -> Judgement {
        var judgement = settings.judge.judge(
            lost == nil ? completion : completion.asFailure, tails: tails,
            stopRequest: supervisor.stopRequest, isWhole: lost == nil
        ) {
            supervisor.mayGoOn(until: deadline)
        }
        if let lost {
            if settings.isQuiet || completion.asFailure == completion { reporter.fail("\(lost)") }
            if completion.asFailure != completion {
                judgement = Judgement(verdict: judgement.verdict, reason: "\(lost)")
            }
        } else if judgement.verdict != .succeeded, hasSucceededAnyway(completion) {
            return Judgement(verdict: .succeeded, reason: "--success-if says success")
        }
        if case .retry = judgement.verdict, spool?.givenUp != nil {
            return Judgement(verdict: .stop, reason: judgement.reason)
        }
        return judgement
    }

    /// What makes a run more comfortable is not worth its failure.
    private func warnOfComforts(_ streams: Streams) {
        if let error = spool?.givenUp {
            reporter.warn("stdin is not replayed, so a failure is not tried again: \(error)")
        }
        for (name, capture) in [("stdout", streams.output), ("stderr", streams.error)] {
            guard let error = capture?.givenUp else { continue }
            reporter.warn("\(name) is passed on instead of held: \(error)")
        }
    }

    /// Thousands of attempts take no more memory than ten, unless a report wants them all.
    private func remember(_ record: AttemptRecord) {
        attemptCount += 1
        attempts.append(record)
        if settings.report == nil, attempts.count > 10 { attempts.removeFirst() }
    }

    /// The run was asked to stop, or ran out of time, between two attempts.
    private var hasEnded: Bool {
        supervisor.stopRequest != nil || deadlineHasPassed
    }

    private var deadlineHasPassed: Bool { deadline.map { supervisor.now >= $0 } == true }

    private func environment(_ number: Int) -> Command {
        var command = command
        command.set("RETRY_RUN_ATTEMPT", to: "\(number)")
        command.set("RETRY_RUN_MAX_ATTEMPTS", to: settings.policy.attempts.map { "\($0)" })
        command.set(
            "RETRY_RUN_REMAINING",
            to: deadline.map { "\(max(0, supervisor.now.duration(to: $0).components.seconds))" })
        return command
    }

    private func connect() -> (Streams, Judge.Tails) {
        var streams = Streams()
        if let spool { streams.input = .replayed(spool) }
        let judge = settings.judge
        var tails = Judge.Tails()
        tails.output = judge.looksAtOutput ? OutputTail() : nil
        tails.error = judge.looksAtError ? OutputTail() : nil

        let sharesPipe =
            tails.output != nil && tails.error != nil && !judge.tellsStreamsApart
            && !settings.holdsOutput && !settings.holdsError && sameFile(1, 2)
        if settings.holdsOutput {
            streams.output = OutputCapture(holding: 1, tail: tails.output)
        } else if let tail = tails.output {
            streams.output = OutputCapture(passingTo: 1, tail: tail)
        }
        if settings.holdsError {
            streams.error = OutputCapture(holding: 2, tail: tails.error)
        } else if sharesPipe {
            streams.error = streams.output
            tails.error = nil
        } else if let tail = tails.error {
            streams.error = OutputCapture(passingTo: 2, tail: tail)
        }
        return (streams, tails)
    }

    private func announce(_ event: RetryEvent<AttemptRecord>) {
        switch event {
        case .attemptFailed(let number, let record, let pause):
            attempts[attempts.count - 1].delayAfter = pause
            reporter.attemptFailed(
                number, of: settings.policy.attempts, reason: words(record), next: pause)
        case .gaveUp(_, let record, let reason):
            if reason != .cancelled, record.delayAfter == nil {
                reporter.attemptFailed(
                    record.number, of: settings.policy.attempts, reason: words(record), next: nil)
            }
            reporter.gaveUp(after: record.number, because: explanation(reason))
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
        case .settled where spool?.givenUp != nil:
            return "stdin could not be kept for another attempt"
        case .settled: return "not worth another attempt"
        case .attemptsExhausted: return "no attempts are left"
        case .deadlineExceeded:
            return deadlineHasPassed
                ? "the deadline has passed" : "the next pause would not end before the deadline"
        case .cancelled: return "cancelled"
        }
    }

    private func record(_ outcome: Outcome<AttemptRecord>, _ lost: LostOutput?) -> RunRecord {
        var exit: RunExit
        var result: RunRecord.Result
        if outcome.reason == .cancelled || wasStoppedInPause, let signal = supervisor.stopRequest {
            (exit, result) = (.signal(signal), .cancelled)
        } else if let last = outcome.value {
            (exit, result) = conclude(last, outcome)
        } else {
            (exit, result) = (.ownFailure, .notStarted)
        }
        if let lost, exit == .code(0) {
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
            attempts: attempts, attemptCount: attemptCount, result: result, exit: exit)
    }

    private func conclude(
        _ last: AttemptRecord, _ outcome: Outcome<AttemptRecord>
    ) -> (RunExit, RunRecord.Result) {
        if outcome.verdict == .succeeded {
            let isFlaky = attemptCount > 1
            return (.code(isFlaky ? settings.failOnFlaky ?? 0 : 0), .succeeded)
        }
        let exit = RunExit(last.completion)
        if supervisor.stopRequest != nil { return (exit, .cancelled) }
        switch last.completion {
        case .notStarted: return (exit, .notStarted)
        case .timedOut: return (exit, last.hitDeadline ? .deadline : .timeout)
        case .ended: return (exit, outcome.reason == .deadlineExceeded ? .deadline : .failed)
        }
    }
}

// MARK: - Hooks

extension RunCommand {
    private func prepareRetry(_ number: Int) {
        supervisor.rewindInput()
        guard let script = settings.beforeRetry else { return }
        let completion = runHook("--before-retry", script, number: number, until: deadline)
        warn("--before-retry", completion)
    }

    private func hasSucceededAnyway(_ completion: Completion) -> Bool {
        if case .notStarted = completion { return false }
        guard let script = settings.successIf, !hasEnded else { return false }
        return runHook("--success-if", script, number: attemptCount + 1, until: deadline)
            == .ended(.exited(0))
    }

    /// Where the deadline has passed the hook gets the grace period: it reports a failure, and that
    /// is most wanted then.
    private func giveUp() {
        guard let script = settings.onGiveUp, supervisor.stopRequest == nil else { return }
        let grace = supervisor.now.advanced(by: settings.ending.gracePeriod ?? .seconds(5))
        let limit = deadlineHasPassed ? grace : deadline
        let completion = runHook("--on-give-up", script, number: attemptCount, until: limit)
        warn("--on-give-up", completion)
    }

    /// Nil where it could not be started, which is said.
    private func runHook(
        _ option: String, _ script: String, number: Int, until limit: Supervisor.Instant?
    ) -> Completion? {
        var streams = Streams()
        streams.input = .empty
        streams.outputJoinsError = true
        let hook = Command(shell: script, environment: environment(number).environment)
        do {
            return try supervisor.run(
                hook, streams: streams, until: limit, ending: settings.ending, isHook: true)
        } catch {
            reporter.warn("\(option) failed: \(error)")
            return nil
        }
    }

    private func warn(_ option: String, _ completion: Completion?) {
        guard let completion, completion != .ended(.exited(0)) else { return }
        reporter.warn("\(option) failed: \(completion)")
    }
}

extension Completion {
    /// The same where what the command has written did not arrive: 0 becomes 1.
    fileprivate var asFailure: Completion {
        self == .ended(.exited(0)) ? .ended(.exited(1)) : self
    }
}
