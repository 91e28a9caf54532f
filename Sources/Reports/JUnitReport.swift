import Console

/// The run as one test case of JUnit's XML, in the form of Surefire: the root is a test suite, a
/// failure before a success is a `flakyFailure`, one after a failure a `rerunFailure`, each with its
/// `stackTrace`. What could not be started is an error instead of a failure.
///
/// Sources: surefire-test-report.xsd (the order of the elements is its order); GitLab, "Unit test
/// reports"; Surefire, "Rerun failing tests".
extension FinishedRun {
    package var junit: String {
        let name = markup(shownCommand)
        let final = finalResult
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="retry-run" tests="1" failures="\(final?.element == .failure ? 1 : 0)" \
            errors="\(final?.element == .error ? 1 : 0)" skipped="0" time="\(junitTime(duration))">
              <properties>

            """
        for (key, value) in properties {
            text += "    <property name=\"\(key)\" value=\"\(markup(value))\"/>\n"
        }
        text += """
              </properties>
              <testcase name="\(name)" classname="retry-run" time="\(junitTime(duration))">

            """
        text += testCaseElements(final).joined()
        return text + "  </testcase>\n</testsuite>\n"
    }

    fileprivate enum JUnitElement: String {
        case failure, error
    }

    private struct FinalResult {
        let element: JUnitElement
        let type: String
        let message: String
        /// The attempt that it tells of.
        var attempt: Int?
    }

    /// Nil for a success.
    private var finalResult: FinalResult? {
        if exit == .code(0) { return nil }
        if result == .succeeded {
            return FinalResult(
                element: .failure, type: "flaky",
                message: "\(resultText); \(exitText) because of --fail-on-flaky")
        }
        if result == .cancelled {
            return FinalResult(
                element: .error, type: result.rawValue, message: "\(resultText): \(exitText)")
        }
        // As Surefire has it: the first failure is the result, those after it are reruns.
        guard let first = attempts.first(where: { !$0.hasSucceeded }) else {
            return FinalResult(
                element: attempts.isEmpty ? .error : .failure, type: result.rawValue,
                message: attempts.isEmpty ? resultText : exitText)
        }
        return FinalResult(
            element: first.element, type: first.outcome.rawValue, message: first.shownReason,
            attempt: first.number)
    }

    private func testCaseElements(_ final: FinalResult?) -> [String] {
        let others = attempts(atMost: Self.junitLimit).filter {
            !$0.hasSucceeded && $0.number != final?.attempt
        }
        let kind = result == .succeeded ? "flaky" : "rerun"
        let word = ["failure": "Failure", "error": "Error"]
        var elements: [(name: String, text: String)] = []
        if let final {
            let text = (["\(shownCommand) \(resultText), \(exitText)"] + listing)
                .joined(separator: "\n")
            elements.append(
                (
                    final.element.rawValue,
                    "    <\(final.element.rawValue) \(junitAttributes(final.message, final.type))>"
                        + "\(markup(text))</\(final.element.rawValue)>\n"
                ))
        }
        for attempt in others {
            let name = kind + (word[attempt.element.rawValue] ?? "")
            elements.append(
                (
                    name,
                    "    <\(name) \(junitAttributes(attempt.shownReason, attempt.outcome.rawValue))>\n"
                        + "      <stackTrace>\(markup(line(for: attempt)))</stackTrace>\n    </\(name)>\n"
                ))
        }
        return Self.elementOrder.flatMap { name in
            elements.filter { $0.name == name }.map(\.text)
        }
    }

    /// One line for each attempt.
    private var listing: [String] {
        attempts(atMost: Self.junitLimit).map(line(for:))
    }

    private var properties: [(String, String)] {
        [
            ("result", result.rawValue), ("exit", exitText), ("attempts", "\(attemptCount)"),
            ("started", timeText(started)),
            ("deadline", deadline.map(durationText) ?? "none"),
            ("timeout", timeout.map(durationText) ?? "none"),
        ]
    }

    /// More attempts than these make no report better.
    private static let junitLimit = 200
    private static let elementOrder = [
        "failure", "rerunFailure", "flakyFailure", "error", "rerunError", "flakyError",
    ]

    private func junitAttributes(_ message: String, _ type: String) -> String {
        "message=\"\(markup(message))\" type=\"\(markup(type))\""
    }

    /// Seconds with three places: `SUREFIRE_TIME`.
    private func junitTime(_ duration: Duration) -> String {
        let milliseconds = Int64((max(duration.inSeconds, 0) * 1000).rounded())
        let fraction = "\(milliseconds % 1000)"
        let zeros = String(repeating: "0", count: 3 - fraction.count)
        return "\(milliseconds / 1000).\(zeros)\(fraction)"
    }
}

extension FinishedRun.Attempt {
    fileprivate var element: FinishedRun.JUnitElement {
        outcome == .notStarted ? .error : .failure
    }
}
