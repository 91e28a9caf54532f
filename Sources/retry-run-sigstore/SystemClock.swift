import Glibc
import RetryEngine

/// The monotonic clock of the system. A signal ends the process, and its pause with it.
struct SystemClock: RetryClock {
    var now: ContinuousClock.Instant { .now }

    func pause(for duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        var wait = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var left = timespec()
        while nanosleep(&wait, &left) != 0, errno == EINTR { wait = left }
        return true
    }
}
