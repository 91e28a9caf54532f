import Console
import ProcessRunner
import RetryEngine

/// The engine's clock: pauses that a signal ends, and time that stands still while we are stopped.
struct SupervisedClock: RetryClock {
    let supervisor: Supervisor
    let reporter: Reporter
    /// Called at the end of each pause. What ends the run here ends it in the pause.
    let prepareAttempt: () -> Void

    var now: Supervisor.Instant { supervisor.now }

    func pause(for duration: Duration) -> Bool {
        guard wait(for: duration) else { return false }
        prepareAttempt()
        return supervisor.stopRequest == nil
    }

    private func wait(for duration: Duration) -> Bool {
        guard reporter.showsProgress else { return supervisor.pause(for: duration) }
        var isShown = false
        defer { if isShown, supervisor.isInForeground { reporter.endProgress() } }
        // A job that is in the background by now leaves the line to those in front.
        return supervisor.pause(for: duration) { left in
            guard supervisor.isInForeground else { return }
            isShown = true
            reporter.countDown(left)
        }
    }
}
