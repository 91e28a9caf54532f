package import FoundationEssentials

/// Compares the local clock with those of the services, by the `Date` of every answer that passes.
///
/// That explains what goes wrong. It decides nothing: an answer may lie about the time.
package final class ClockSkewTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let localTime: () -> Date

    /// How far the local clock is ahead, by the last answer that had a `Date`, of whatever status;
    /// negative if it is behind, nil while there was none.
    package private(set) var skew: Duration?

    /// What a clock may be off before that matters: 60 s.
    package static let tolerance = Duration.seconds(60)

    package init(_ transport: any HTTPTransport, localTime: @escaping () -> Date = { Date() }) {
        self.transport = transport
        self.localTime = localTime
    }

    package func begin(_ request: HTTPRequest, timeout: Duration?, as number: Int) {
        transport.begin(request, timeout: timeout, as: number)
    }

    package func wait(for duration: Duration?) -> HTTPProgress {
        let progress = transport.wait(for: duration)
        if case .ended(let exchanges) = progress {
            for case .success(let response) in exchanges.map(\.result) {
                skew = response.clockSkew ?? skew
            }
        }
        return progress
    }

    package func prepare(_ url: HTTPURL) {
        transport.prepare(url)
    }

    /// The skew, where it is more than a clock may be off.
    package var notableSkew: Duration? {
        skew.flatMap { abs($0.components.seconds) > Self.tolerance.components.seconds ? $0 : nil }
    }

    /// The local time.
    package var now: Date { localTime() }
}
