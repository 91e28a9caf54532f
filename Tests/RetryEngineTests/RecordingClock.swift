import RetryEngine

/// A clock that wakes at once: it moves its own instant on and keeps the pauses.
final class RecordingClock: RetryClock {
    struct Instant: InstantProtocol {
        var sinceStart = Duration.zero

        func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        static func < (left: Instant, right: Instant) -> Bool {
            left.sinceStart < right.sinceStart
        }
    }

    private(set) var now = Instant()
    private(set) var pauses: [Duration] = []
    /// The pause, counted from 1, that a signal ends.
    var interruptedPause: Int?
    /// How much longer than asked for each pause lasts.
    var oversleep = Duration.zero

    func pause(for duration: Duration) -> Bool {
        pauses.append(duration)
        now = now.advanced(by: duration + oversleep)
        return pauses.count != interruptedPause
    }

    /// Time spent in an attempt.
    func spend(_ duration: Duration) {
        now = now.advanced(by: duration)
    }
}
