import CLinux
import Glibc
import RetryEngine

/// The monotonic clock of the system, with pauses that a cancellation ends.
struct SystemClock: RetryClock {
    /// Something to read here, or the end of its other side, ends every pause; nil where a signal ends
    /// the process, and its pause with it.
    var cancellation: Int32?
    /// Called about once a second during a pause.
    var whileWaiting: () -> Void = {}

    var now: ContinuousClock.Instant { .now }

    func pause(for duration: Duration) -> Bool {
        let end = now.advanced(by: duration)
        while true {
            if isCancelled(within: .zero) { return false }
            let left = now.duration(to: end)
            if left <= .zero { return true }
            if isCancelled(within: min(left, .seconds(1))) { return false }
            whileWaiting()
        }
    }

    private func isCancelled(within duration: Duration) -> Bool {
        var watched = pollfd(fd: cancellation ?? -1, events: Int16(POLLIN), revents: 0)
        let (seconds, attoseconds) = duration.components
        var wait = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        return wait_for_events(&watched, 1, &wait) > 0
    }
}
