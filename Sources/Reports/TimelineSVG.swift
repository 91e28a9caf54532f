import Console

/// The run as a picture: a row for each attempt with the pause after it, and the limits as lines.
///
/// What lies on the axis of time is given in hundredths of the width, all else in pixels: on a narrow
/// screen the bars get shorter and the texts stay as large as they are.
struct TimelineSVG {
    private let run: FinishedRun
    private let scale: TimeScale
    private let rows: [FinishedRun.Attempt]
    private let showsDeadline: Bool

    private static let rowLimit = 60
    private static let rowHeight = 40
    private static let axisHeight = 22
    /// Some room behind the last thing.
    private static let margin = 1.02
    /// As many characters as fit into 360 pixels.
    private static let labelLength = 46

    init(_ run: FinishedRun) {
        self.run = run
        rows = run.attempts(atMost: Self.rowLimit)
        // One far away would leave nothing to see of the rest.
        showsDeadline = run.deadline.map { $0 <= run.duration * 2 } ?? false
        let end = max(run.duration, showsDeadline ? run.deadline ?? .zero : .zero)
        scale = TimeScale(end * Self.margin)
    }

    var text: String {
        let height = rows.count * Self.rowHeight + Self.axisHeight
        var lines = [
            "<svg role=\"img\" aria-labelledby=\"timeline-title\" width=\"100%\" height=\"\(height)\">",
            "<title id=\"timeline-title\">\(markup(title))</title>",
            "<defs><pattern id=\"waiting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                + "patternTransform=\"rotate(45)\"><rect class=\"stripe\" width=\"2\" height=\"6\"/>"
                + "</pattern></defs>",
        ]
        lines += grid
        let pauses = Dictionary(run.pauses.map { ($0.attempt, $0) }) { $1 }
        for (index, attempt) in rows.enumerated() {
            lines += row(attempt, pauses[attempt.number], top: index * Self.rowHeight)
        }
        lines += deadline
        return (lines + ["</svg>"]).joined(separator: "\n")
    }

    /// What the colours and lines mean.
    var legend: [(kind: String, text: String)] {
        var entries: [(String, String)] = []
        if rows.contains(where: \.hasSucceeded) { entries.append(("success", "succeeded")) }
        if rows.contains(where: { $0.verdict == .retry }) {
            entries.append(("retry", "failed, worth another attempt"))
        }
        if rows.contains(where: { $0.verdict == .stop }) {
            entries.append(("stop", "failed, not worth another"))
        }
        if !run.pauses.isEmpty { entries.append(("pause", "pause")) }
        if let timeout = run.timeout {
            entries.append(("limit", "limit of an attempt: \(durationText(timeout))"))
        }
        if let deadline = run.deadline {
            let place = showsDeadline ? "" : ", beyond this picture"
            entries.append(("deadline", "deadline: \(durationText(deadline))\(place)"))
        }
        return entries
    }

    private var title: String {
        "Timeline of \(run.attemptCount) attempt\(run.attemptCount == 1 ? "" : "s") in "
            + durationText(run.duration)
    }

    private var axisTop: Int { rows.count * Self.rowHeight }

    private var grid: [String] {
        scale.ticks(limit: 4).flatMap { instant -> [String] in
            let x = places(scale.percent(instant))
            let isFirst = instant == .zero
            let anchor = isFirst ? "start" : "middle"
            // A text in the middle of the right edge would be cut.
            let isShown = scale.percent(instant) < 94
            return [
                "<line class=\"grid\" x1=\"\(x)%\" x2=\"\(x)%\" y1=\"0\" y2=\"\(axisTop)\"/>",
                isShown
                    ? "<text class=\"axis\" x=\"\(x)%\" y=\"\(axisTop + 15)\" "
                        + "text-anchor=\"\(anchor)\">\(isFirst ? "0" : durationText(instant))</text>"
                    : "",
            ].filter { !$0.isEmpty }
        }
    }

    private func row(
        _ attempt: FinishedRun.Attempt, _ pause: FinishedRun.Pause?, top: Int
    ) -> [String] {
        let label = "\(attempt.number) · \(durationText(attempt.duration)) · \(attempt.shownReason)"
        let cut =
            label.count > Self.labelLength ? label.prefix(Self.labelLength - 1) + "…" : label[...]
        var lines = [
            "<text x=\"0\" y=\"\(top + 14)\">\(markup(String(cut)))</text>",
            "<rect class=\"track\" x=\"0\" y=\"\(top + 20)\" width=\"100%\" height=\"12\"/>",
            bar(
                attempt.verdict.rawValue, attempt.offset, attempt.end, top: top + 20,
                run.line(for: attempt)),
        ]
        if let pause, pause.end > pause.start {
            lines.append(
                bar(
                    "pause", pause.start, pause.end, top: top + 23, height: 6,
                    "pause of \(durationText(pause.planned))"))
        }
        if let timeout = run.timeout, attempt.offset + timeout <= scale.length {
            let x = places(scale.percent(attempt.offset + timeout))
            lines.append(
                "<line class=\"limit\" x1=\"\(x)%\" x2=\"\(x)%\" y1=\"\(top + 17)\" "
                    + "y2=\"\(top + 35)\"/>")
        }
        return lines
    }

    private func bar(
        _ kind: String, _ start: Duration, _ end: Duration, top: Int, height: Int = 12,
        _ title: String
    ) -> String {
        let x = scale.percent(start)
        // What takes no time is seen as well.
        let width = max(scale.percent(end) - x, 0.5)
        return "<rect class=\"\(kind)\" x=\"\(places(min(x, 99.5)))%\" y=\"\(top)\" "
            + "width=\"\(places(width))%\" height=\"\(height)\"><title>\(markup(title))</title></rect>"
    }

    private var deadline: [String] {
        guard showsDeadline, let deadline = run.deadline else { return [] }
        let x = places(scale.percent(deadline))
        return [
            "<line class=\"deadline\" x1=\"\(x)%\" x2=\"\(x)%\" y1=\"0\" y2=\"\(axisTop)\">"
                + "<title>deadline: \(durationText(deadline))</title></line>"
        ]
    }
}
