import RetryEngine

/// The calls that a service sees from a fleet.
package struct FleetLoad: Equatable, Sendable {
    package let jobs: Int
    /// All calls, the first ones included.
    package private(set) var calls = 0
    /// The calls after the first ones, by the second in which they start; seconds without any are
    /// left out.
    package private(set) var retries: [Int: Int] = [:]
    package private(set) var lastCall = Duration.zero
    package private(set) var succeeded = 0
    package private(set) var lastSuccess: Duration?

    init(jobs: Int) {
        self.jobs = jobs
    }

    /// The second with the most retries, the earliest of several; nil when nothing is retried.
    package var peak: (second: Int, retries: Int)? {
        retries.max { ($0.value, $1.key) < ($1.value, $0.key) }
            .map { (second: $0.key, retries: $0.value) }
    }

    mutating func count(at instant: Duration, isFirst: Bool) {
        calls += 1
        lastCall = max(lastCall, instant)
        if !isFirst { retries[Int(instant.components.seconds), default: 0] += 1 }
    }

    mutating func succeed(at instant: Duration) {
        succeeded += 1
        lastSuccess = max(lastSuccess ?? .zero, instant)
    }
}

extension FleetLoad {
    /// The retries of some seconds in a row.
    package struct Span: Equatable, Sendable {
        package let start: Int
        package let retries: Int
        /// The most in one second.
        package let peak: Int
    }

    /// The seconds from the start to the last call, in at most `limit` spans of equal length.
    ///
    /// The length is a count of seconds that people reckon with: 1, 2, 5, 10, 15, 30, then minutes
    /// and hours.
    package func spans(limit: Int) -> [Span] {
        let seconds = Int(lastCall.components.seconds) + 1
        let needed = (seconds - 1) / limit + 1
        let days = (needed - 1) / 86_400 + 1
        let length = Self.lengths.first { $0 >= needed } ?? days * 86_400
        var spans = stride(from: 0, to: seconds, by: length).map {
            (start: $0, retries: 0, peak: 0)
        }
        for (second, count) in retries {
            spans[second / length].retries += count
            spans[second / length].peak = max(spans[second / length].peak, count)
        }
        return spans.map { Span(start: $0.start, retries: $0.retries, peak: $0.peak) }
    }

    private static let lengths = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200,
    ]
}
