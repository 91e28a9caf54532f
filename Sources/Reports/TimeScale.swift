import Console

/// Time as a width: from the start of a run, or of an outage, to the last thing that is shown.
struct TimeScale {
    let length: Duration

    init(_ length: Duration) {
        self.length = max(length, .milliseconds(1))
    }

    /// The place of an instant, in hundredths of the width.
    func percent(_ instant: Duration) -> Double {
        min(max(instant.inSeconds / length.inSeconds, 0), 1) * 100
    }

    /// Round instants, at most `limit` of them after the start.
    func ticks(limit: Int) -> [Duration] {
        let needed = length / limit
        let step = Self.steps.first { $0 >= needed } ?? .seconds(86_400) * Self.days(in: needed)
        var ticks: [Duration] = []
        var next = Duration.zero
        while next <= length, ticks.count <= limit {
            ticks.append(next)
            next += step
        }
        return ticks
    }

    private static func days(in duration: Duration) -> Int {
        Int(duration.components.seconds / 86_400) + 1
    }

    private static let steps: [Duration] =
        [1, 2, 5, 10, 20, 50, 100, 200, 500].map { .milliseconds($0) }
        + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400]
        .map { .seconds($0) }
}
