import Console

extension FinishedRun {
    /// A Gantt chart in Mermaid's language: a section for each attempt, with the pause after it.
    ///
    /// Times are those of the clock on the wall, in milliseconds since 1970 (`dateFormat x`), which the
    /// reader's browser shows in its own zone.
    var mermaidTimeline: String {
        var lines = [
            "gantt", "    title \(mermaid(shownCommand)) \(mermaid(resultText))",
            "    dateFormat x", "    axisFormat %H:%M:%S",
        ]
        let pauses = Dictionary(pauses.map { ($0.attempt, $0) }) { $1 }
        for attempt in attempts(atMost: Self.mermaidLimit) {
            lines.append("    section Attempt \(attempt.number)")
            let kind =
                switch attempt.verdict {
                case .success: "done"
                case .retry: "active"
                case .stop: "crit"
                }
            lines.append(
                task(attempt.shownReason, kind, attempt.offset, attempt.end))
            if let pause = pauses[attempt.number], pause.end > pause.start {
                lines.append(
                    task("pause of \(durationText(pause.planned))", nil, pause.start, pause.end))
            }
        }
        if let deadline, deadline <= duration * 2 {
            lines.append("    section Deadline")
            lines.append(task("deadline", "milestone, crit", deadline, deadline))
        }
        return lines.joined(separator: "\n")
    }

    /// Mermaid draws no text above 50,000 characters, and nobody reads so many bars.
    private static let mermaidLimit = 40

    private func task(_ name: String, _ kind: String?, _ start: Duration, _ end: Duration) -> String
    {
        let first = milliseconds(start)
        // What takes no time is drawn as well.
        let last = max(milliseconds(end), first + 1)
        let tags = kind.map { "\($0), " } ?? ""
        return "    \(mermaid(name).prefix(60)) :\(tags)\(first), \(last)"
    }

    private func milliseconds(_ offset: Duration) -> Int {
        Int((started * 1000).rounded()) + Int((offset.inSeconds * 1000).rounded())
    }
}

/// Letters, digits and what no line of a chart acts on; a word of Mermaid's own at the start of a task
/// (`title`, `section`, `click`) would be taken for a statement.
private func mermaid(_ text: String) -> String {
    let safe = String(
        text.map { $0.isLetter || $0.isNumber || " .-+/()".contains($0) ? $0 : "_" })
    let words =
        ["title", "section", "click", "dateformat", "axisformat", "tickinterval", "todaymarker"]
        + [
            "excludes", "includes", "weekday", "weekend", "inclusiveenddates", "topaxis",
            "acctitle",
        ]
        + ["accdescr", "gantt", "call", "href", "end"]
    let isStatement = words.contains { safe.lowercased().hasPrefix($0) }
    return isStatement ? "(\(safe))" : safe
}
