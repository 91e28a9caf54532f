import Console
import ProcessRunner

/// The commands beside the command. They run inside the deadline, and their failure is a warning.
extension RunCommand {
    func prepareRetry() {
        supervisor.rewindInput()
        guard let script = settings.beforeRetry, !deadlineHasPassed else { return }
        let completion = runHook(
            "--before-retry", script, number: attemptCount + 1, until: deadline)
        warn("--before-retry", completion)
    }

    func hasSucceededAnyway(_ completion: Completion) -> Bool {
        if case .notStarted = completion { return false }
        guard let script = settings.successIf, !hasEnded else { return false }
        return runHook("--success-if", script, number: attemptCount + 1, until: deadline)
            == .ended(.exited(0))
    }

    /// Where the deadline has passed the hook gets the grace period: it reports a failure, and that
    /// is most wanted then.
    func giveUp() {
        guard let script = settings.onGiveUp, supervisor.stopRequest == nil else { return }
        let grace = supervisor.now.advanced(by: settings.termination.gracePeriod ?? .seconds(5))
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
                hook, streams: streams, until: limit, termination: settings.termination,
                isHook: true)
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
