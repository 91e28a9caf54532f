import Console
import ProcessRunner
import RetryEngine

/// The engine's clock: pauses that a signal ends, and time that stands still while we are stopped.
struct SupervisedClock: RetryClock {
    let supervisor: Supervisor
    let reporter: Reporter

    var now: Supervisor.Instant { supervisor.now }

    func pause(for duration: Duration) -> Bool {
        defer { reporter.endProgress() }
        guard reporter.showsProgress else { return supervisor.pause(for: duration) }
        return supervisor.pause(for: duration) { reporter.countDown($0) }
    }
}
