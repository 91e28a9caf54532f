import HTTP
import RetryEngine

/// The monotonic clock of the system. Its pauses are those of the transport, whose exchanges go on meanwhile,
/// and which a cancellation ends.
struct SystemClock: RetryClock {
    let transport: CurlTransport

    var now: ContinuousClock.Instant { .now }

    func pause(for duration: Duration) -> Bool {
        transport.pause(for: duration)
    }
}
