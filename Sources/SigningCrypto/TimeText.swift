package import FoundationEssentials

/// A time as it is shown and written: RFC 3339, in UTC, with a fraction only where there is one.
package func timeText(_ time: Date) -> String {
    let isWhole = time.timeIntervalSince1970.rounded() == time.timeIntervalSince1970
    return time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: !isWhole))
}

extension Date {
    /// Without the fraction of the second that has begun.
    package var wholeSeconds: Date {
        Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
    }
}
