package import HTTP
import RetryEngine

/// A transport whose exchanges are made up at once. Those that take time take it side by side, on the clock
/// that is moved on while something waits.
package protocol SimulatedTransport: HTTPTransport {
    var exchanges: SimulatedExchanges { get }

    /// Makes up one exchange. The time that it takes is spent on the clock.
    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse
}

extension SimulatedTransport {
    package func begin(_ request: HTTPRequest, timeout: Duration?, as number: Int) {
        exchanges.begin(number) { () throws(HTTPFailure) in
            try exchange(request, timeout: timeout ?? .seconds(1 << 30))
        }
    }

    package func wait(for duration: Duration?) -> HTTPProgress {
        exchanges.wait(for: duration)
    }
}

/// Exchanges that were begun and whose ends were not told yet.
package final class SimulatedExchanges {
    package typealias Exchange = Result<HTTPResponse, HTTPFailure>

    private let clock: RecordingClock
    private var underWay: [(number: Int, end: ContinuousClock.Instant, result: Exchange)] = []
    /// The most that were under way at a time.
    package private(set) var most = 0
    /// The exchange, counted from 1, in which the run is stopped, before or after the service has done its
    /// part.
    package var stop: (count: Int, isServed: Bool)?
    private var count = 0
    package private(set) var isStopped = false

    package init(_ clock: RecordingClock = RecordingClock()) {
        self.clock = clock
    }

    fileprivate func begin(_ number: Int, _ make: () throws(HTTPFailure) -> HTTPResponse) {
        count += 1
        if let stop, count >= stop.count {
            isStopped = true
            if !stop.isServed { return }
        }
        let start = clock.now
        let result = Exchange(catching: make)
        underWay.append((number, clock.now, result))
        clock.now = start
        most = max(most, underWay.count)
    }

    /// Goes on after a stop, as another run.
    package func restart() {
        (underWay, stop, isStopped, count) = ([], nil, false, 0)
    }

    fileprivate func wait(for duration: Duration?) -> HTTPProgress {
        if isStopped { return .cancelled(sent: Set(underWay.map(\.number))) }
        let end = duration.map { clock.now.advanced(by: $0) }
        guard let next = underWay.map(\.end).min(), end.map({ next <= $0 }) ?? true else {
            if let end { clock.now = end }
            return .timePassed
        }
        clock.now = max(clock.now, next)
        let ended = underWay.filter { $0.end <= clock.now }
        underWay.removeAll { $0.end <= clock.now }
        return .ended(ended.map { ($0.number, $0.result) })
    }
}
