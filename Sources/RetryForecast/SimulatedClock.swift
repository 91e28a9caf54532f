import RetryEngine

/// A clock that wakes at once: time passes only where somebody waits or works.
final class SimulatedClock: RetryClock {
    struct Instant: InstantProtocol {
        var sinceStart = Duration.zero

        func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart.adding(duration))
        }

        func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        static func < (left: Instant, right: Instant) -> Bool {
            left.sinceStart < right.sinceStart
        }
    }

    private(set) var now = Instant()

    func pause(for duration: Duration) -> Bool {
        spend(duration)
        return true
    }

    /// Time spent in an attempt.
    func spend(_ duration: Duration) {
        now = now.advanced(by: duration)
    }
}
