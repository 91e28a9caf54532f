import Console

/// The sentences that reports and annotations share. What comes from elsewhere is made safe to show.
extension FinishedRun {
    /// The program's name: `sh`.
    package var shownCommand: String { shown(command, limit: 200) }

    /// `succeeded on attempt 2 of 3`, `failed after 3 attempts`, `cancelled in attempt 1`.
    package var resultText: String {
        let attempts = "\(attemptCount) attempt\(attemptCount == 1 ? "" : "s")"
        switch result {
        case .succeeded:
            return "succeeded on attempt \(attemptCount)"
        case .failed: return "failed after \(attempts)"
        case .timeout: return "timed out after \(attempts)"
        case .deadline: return "ended by the deadline after \(attempts)"
        case .cancelled: return "cancelled after \(attempts)"
        case .notStarted: return "was not started"
        }
    }

    /// `2 failed attempts: exit status 1, timed out`; nil where there was none.
    package var failureText: String? {
        let count = failures.total
        guard count > 0 else { return nil }
        let reasons = shown("\(failures)", limit: 1000)
        return "\(count) failed attempt\(count == 1 ? "" : "s"): \(reasons)"
    }

    package var exitText: String {
        switch exit {
        case .code(let code): "exit status \(code)"
        case .signal(let name, _): "killed by \(name)"
        }
    }

    /// `2 of 3`, or `2` without a limit.
    package func position(of number: Int) -> String {
        attemptLimit.map { "\(number) of \($0)" } ?? "\(number)"
    }

    /// `attempt 2 of 3: exit status 1 after 2.1 s; next in 5 s`.
    package func line(for attempt: Attempt) -> String {
        let next = attempt.delayAfter.map { "; next in \(durationText($0))" } ?? ""
        let rule = attempt.shownRule.map { " (\($0))" } ?? ""
        return "attempt \(position(of: attempt.number)): \(attempt.shownReason) after "
            + "\(durationText(attempt.duration))\(next)\(rule)"
    }
}

extension FinishedRun.Attempt {
    package var shownReason: String { shown(reason, limit: 500) }
    package var shownRule: String? { rule.map { shown($0, limit: 200) } }
}

/// A text for a page, an attribute or a log: no control characters, nothing that a CI system takes for
/// a command, nothing that looks like a secret, and not longer than anybody reads.
func shown(_ text: String, limit: Int) -> String {
    let safe = printable(withoutSecrets(text).utf8)
    return safe.count > limit ? safe.prefix(limit) + "…" : safe
}

/// Seconds since 1970 as RFC 3339 in UTC, to the second.
package func timeText(_ seconds: Double) -> String {
    let whole = Int(max(seconds, 0).rounded(.down))
    let (days, rest) = whole.quotientAndRemainder(dividingBy: 86_400)
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days, years from 1970.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):"
        + "\(two(rest % 60))Z"
}
