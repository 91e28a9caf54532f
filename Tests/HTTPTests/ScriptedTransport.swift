import Foundation
import HTTP
import RetryEngine

/// A transport that answers by a script, its last step again and again.
final class ScriptedTransport: HTTPTransport {
    typealias Step = Result<HTTPResponse, HTTPFailure>

    private let script: [Step]
    private let clock: RecordingClock
    /// How long each exchange takes.
    var duration = Duration.zero
    private(set) var timeouts: [Duration] = []

    init(_ script: [Step], clock: RecordingClock) {
        self.script = script
        self.clock = clock
    }

    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        timeouts.append(timeout)
        clock.spend(min(duration, timeout))
        return try script[min(timeouts.count, script.count) - 1].get()
    }
}

extension Result where Success == HTTPResponse, Failure == HTTPFailure {
    /// An answer that arrives at 2026-01-01 00:00:00.
    static func answer(
        _ status: Int, _ body: String = "", headers: [String: String] = [:]
    ) -> Self {
        .success(
            HTTPResponse(
                status: status, headers: headers.map { HTTPHeader($0.key, $0.value) },
                body: Array(body.utf8), receivedAt: Date(timeIntervalSince1970: 1_767_225_600)))
    }
}

/// A clock that wakes at once: it moves its own instant on and keeps the pauses.
final class RecordingClock: RetryClock {
    private let start = ContinuousClock().now
    private(set) var now: ContinuousClock.Instant
    private(set) var pauses: [Duration] = []
    /// The pause, counted from 1, that a signal ends.
    var interruptedPause: Int?

    init() {
        now = start
    }

    func pause(for duration: Duration) -> Bool {
        pauses.append(duration)
        now = now.advanced(by: duration)
        return pauses.count != interruptedPause
    }

    func spend(_ duration: Duration) {
        now = now.advanced(by: duration)
    }
}
