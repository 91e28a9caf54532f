package import FoundationEssentials

/// The time in which a key, a certificate authority or a service is to be used: a closed interval,
/// without an end as long as it is in use.
package struct ValidityPeriod: Equatable, Sendable {
    package let start: Date
    package let end: Date?

    package init(start: Date, end: Date? = nil) {
        self.start = start
        self.end = end
    }

    package func contains(_ time: Date) -> Bool {
        start <= time && end.map { time <= $0 } ?? true
    }
}

extension ValidityPeriod: CustomStringConvertible {
    package var description: String {
        "\(timeText(start)) to \(end.map(timeText) ?? "now")"
    }
}

extension Date {
    /// Without the fraction of the second that has begun.
    package var wholeSeconds: Date {
        Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
    }
}

/// A time as it is shown and written: RFC 3339, in UTC, with a fraction only where there is one.
package func timeText(_ time: Date) -> String {
    let isWhole = time.timeIntervalSince1970.rounded() == time.timeIntervalSince1970
    return time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: !isWhole))
}
