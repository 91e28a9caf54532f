import Console

/// The run as one page that needs nothing else: no script, no font, no picture from elsewhere.
extension FinishedRun {
    package var htmlPage: String {
        let timeline = TimelineSVG(self)
        let title = markup("\(shownCommand) \(resultText)")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>
            \(reportStyle)
            </style>
            </head>
            <body>
            <main>
            <h1><span class="badge \(result == .succeeded ? "success" : "stop")">\(markup(badge))</span> \
            \(title)</h1>
            \(failureText.map { "<p>\(markup($0))</p>" } ?? "")
            <h2>Timeline</h2>
            \(attempts.isEmpty ? "<p>Nothing was run.</p>" : timeline.text)
            <ul class="legend">
            \(legend(timeline))
            </ul>
            <h2>Attempts</h2>
            <table>
            <thead><tr><th scope="col">#</th><th scope="col">Result</th><th scope="col">At</th>\
            <th scope="col">Took</th><th scope="col">Pause</th></tr></thead>
            <tbody>
            \(tableRows)
            </tbody>
            </table>
            <h2>Run</h2>
            <dl>
            \(facts)
            </dl>
            </main>
            </body>
            </html>

            """
    }

    /// In words, for whoever does not see the colour.
    private var badge: String {
        switch result {
        case .succeeded: wasRetried ? "flaky" : "passed"
        case .cancelled: "cancelled"
        default: "failed"
        }
    }

    private func legend(_ timeline: TimelineSVG) -> String {
        timeline.legend.map { entry in
            "<li><span class=\"key \(entry.kind)\"></span> \(markup(entry.text))</li>"
        }.joined(separator: "\n")
    }

    private static let rowLimit = 500

    private var tableRows: String {
        let shownAttempts = attempts(atMost: Self.rowLimit)
        var rows: [String] = []
        var last = 0
        for attempt in shownAttempts {
            if attempt.number > last + 1 {
                let missing = attempt.number - last - 1
                rows.append("<tr><td></td><td colspan=\"4\">\(missing) more, not shown</td></tr>")
            }
            last = attempt.number
            rows.append(row(attempt))
        }
        return rows.joined(separator: "\n")
    }

    private func row(_ attempt: Attempt) -> String {
        let pause =
            attempt.delayAfter.map(durationText) ?? "–"
        let rule =
            attempt.shownRule.map { " <small>\(markup($0))</small>" } ?? ""
        let cells = [
            attempt.offset == .zero ? "0 s" : durationText(attempt.offset),
            durationText(attempt.duration), pause,
        ]
        return "<tr class=\"\(attempt.verdict.rawValue)\"><th scope=\"row\">\(attempt.number)</th>"
            + "<td>\(markup(attempt.shownReason))\(rule)</td>"
            + cells.map { "<td>\(markup($0))</td>" }.joined() + "</tr>"
    }

    private var facts: String {
        let limit = attemptLimit.map { "\($0)" } ?? "no limit"
        let facts = [
            ("Command", shownCommand), ("Result", result.rawValue), ("Ended with", exitText),
            ("Started", timeText(started)), ("Took", durationText(duration)),
            ("Attempts", "\(attemptCount) of \(limit)"),
            ("Limit of each attempt", timeout.map(durationText) ?? "none"),
            ("Deadline", deadline.map(durationText) ?? "none"),
            ("Worst case", worstCase.map(durationText) ?? "no limit"),
        ]
        return facts.map { "<div><dt>\($0)</dt><dd>\(markup($1))</dd></div>" }
            .joined(separator: "\n")
    }
}
