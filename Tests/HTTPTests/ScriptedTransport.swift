import Foundation
import HTTP
import RetryEngine
import TestSupport

/// A transport that answers by a script, its last step again and again.
final class ScriptedTransport: SimulatedTransport {
    let exchanges: SimulatedExchanges
    typealias Step = Result<HTTPResponse, HTTPFailure>

    private let script: [Step]
    private let clock: RecordingClock
    /// How long each exchange takes.
    var duration = Duration.zero
    private(set) var timeouts: [Duration] = []

    init(_ script: [Step], clock: RecordingClock) {
        self.script = script
        self.clock = clock
        exchanges = SimulatedExchanges(clock)
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
