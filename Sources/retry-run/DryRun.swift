import Console
import ProcessRunner
import RetryEngine
import RetryForecast

/// What a run could take, without running it. The report gives the same numbers.
struct DryRun {
    private let settings: RunSettings

    init(_ settings: RunSettings) {
        self.settings = settings
    }

    /// The longest that a run can take, nil when nothing limits it.
    var worstCase: Duration? {
        // What is never killed may ignore every limit.
        guard let grace = settings.termination.gracePeriod else { return nil }
        let longest = settings.policy.worstCase(
            attemptLimit: settings.timeout, deadline: settings.deadline, grace: grace)
        return longest == .longest ? nil : longest
    }

    /// The schedule, one line per fact.
    var text: String {
        let policy = settings.policy
        var lines = ["attempts: \(policy.attempts.map { "\($0)" } ?? "no limit")"]
        lines.append("timeout: \(limit(settings.timeout))")
        lines.append("deadline: \(limit(settings.deadline))")
        let delays = Array(policy.longestDelays().prefix(11))
        for (index, longest) in delays.prefix(10).enumerated() {
            lines.append("pause after attempt \(index + 1): \(pauseText(longest))")
        }
        if policy.attempts.map({ $0 > 11 }) ?? true {
            lines.append(
                delays.last == delays.dropLast().last
                    ? "pauses go on like the last" : "later pauses are others")
        }
        if policy.attempts != 1, let told = policy.toldDelayLimit {
            let limit = told >= .longest ? "any length" : "at most \(seconds(told))"
            lines.append("pause that the output asks for: \(limit), instead of these")
        }
        lines.append("worst case: \(worstCase.map { seconds($0) } ?? "no limit")")
        if let conflict { lines.append("note: \(conflict)") }
        return lines.joined(separator: "\n")
    }

    /// With `--verbose`, says that the attempts do not fit into the deadline.
    func warn(_ reporter: Reporter) {
        if settings.isVerbose, let conflict { reporter.note(conflict) }
    }

    /// Why not every attempt can run to its limit.
    private var conflict: String? {
        let grace = settings.termination.gracePeriod ?? .zero
        guard let deadline = settings.deadline, let attempts = settings.policy.attempts,
            let timeout = settings.timeout,
            let needed = settings.policy.uncappedWorstCase(attemptLimit: timeout, grace: grace),
            needed > deadline
        else { return nil }
        let time = needed < .longest ? seconds(needed) : "unlimited time"
        return "\(attempts) attempts of \(seconds(timeout)) with their grace and pauses need "
            + "\(time), more than the deadline of \(seconds(deadline))"
    }

    private func limit(_ duration: Duration?) -> String {
        duration.map { seconds($0) } ?? "none"
    }

    private func pauseText(_ longest: Duration) -> String {
        if longest >= .longest { return "no limit" }
        return (settings.policy.jitter == .none ? "" : "at most ") + seconds(longest)
    }

    private func seconds(_ duration: Duration) -> String {
        var value = (duration.inSeconds * 1000).rounded() / 1000
        // A limit that is there is not shown as none.
        if value == 0, duration > .zero { value = 0.001 }
        return value == value.rounded() && value < 1e15 ? "\(Int(value)) s" : "\(value) s"
    }
}
