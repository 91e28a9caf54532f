import RetryEngine

/// A clock that wakes at once: it moves its own instant on and keeps the pauses.
package final class RecordingClock: RetryClock {
    package internal(set) var now = ContinuousClock.now
    package private(set) var pauses: [Duration] = []
    /// The pause, counted from 1, that a signal ends.
    package var interruptedPause: Int?
    /// How much longer than requested each pause lasts.
    package var oversleep = Duration.zero

    package init() {}

    package var inTwoMinutes: ContinuousClock.Instant { now.advanced(by: .seconds(120)) }

    package func pause(for duration: Duration) -> Bool {
        pauses.append(duration)
        spend(duration + oversleep)
        return pauses.count != interruptedPause
    }

    /// Time spent in an attempt.
    package func spend(_ duration: Duration) {
        now = now.advanced(by: duration)
    }
}
