/// A run that is over, as reports and annotations show it: no output and no argument of the command.
package struct FinishedRun: Sendable {
    package enum Result: String, Sendable {
        case succeeded, failed, timeout, deadline, cancelled
        case notStarted = "not-started"
    }

    /// How retry-run itself ends.
    package enum Exit: Equatable, Sendable {
        case code(Int32)
        /// By a signal: its name (`SIGTERM`) and its number.
        case signal(String, number: Int32)
    }

    /// The program's name.
    package var command: String
    package var result: Result
    package var exit: Exit
    /// Seconds since 1970, UTC.
    package var started: Double
    package var duration: Duration
    /// The most attempts that there could have been; nil without a limit.
    package var attemptLimit: Int?
    /// The limit of each attempt.
    package var timeout: Duration?
    /// The limit of the whole run.
    package var deadline: Duration?
    /// The longest that the run could have taken.
    package var worstCase: Duration?
    /// Those that are remembered: all of them, or the latest.
    package var attempts: [Attempt]
    /// All of them.
    package var attemptCount: Int
    package var failures: FailureCounts

    package init(
        command: String, result: Result, exit: Exit, started: Double, duration: Duration,
        attemptLimit: Int? = nil, timeout: Duration? = nil, deadline: Duration? = nil,
        worstCase: Duration? = nil, attempts: [Attempt], attemptCount: Int,
        failures: FailureCounts
    ) {
        self.command = command
        self.result = result
        self.exit = exit
        self.started = started
        self.duration = duration
        self.attemptLimit = attemptLimit
        self.timeout = timeout
        self.deadline = deadline
        self.worstCase = worstCase
        self.attempts = attempts
        self.attemptCount = attemptCount
        self.failures = failures
    }
}

extension FinishedRun {
    package struct Attempt: Sendable {
        package enum Outcome: String, Sendable {
            case exited, signalled, timeout, deadline
            case notStarted = "not-started"
        }

        package enum Verdict: String, Sendable {
            case success, retry, stop
        }

        /// From 1.
        package var number: Int
        /// The time from the start of the run to its own, by a clock that nobody sets.
        package var offset: Duration
        package var duration: Duration
        /// Seconds since 1970, UTC.
        package var started: Double
        package var outcome: Outcome
        package var exitCode: Int32?
        /// The name of the signal that ended it.
        package var signal: String?
        package var verdict: Verdict
        package var reason: String
        /// The rule that decided about it, by its option; nil where it goes without saying.
        package var rule: String?
        /// The pause that was chosen to follow; nil where none was.
        package var delayAfter: Duration?
        /// The pause that the output has asked for, before any bound; nil where it has not.
        package var toldDelay: Duration?
        /// The process that was the command; nil where there was none.
        package var process: Int32?

        package init(
            number: Int, offset: Duration, duration: Duration, started: Double, outcome: Outcome,
            exitCode: Int32? = nil, signal: String? = nil, verdict: Verdict, reason: String,
            rule: String? = nil, delayAfter: Duration? = nil, process: Int32? = nil
        ) {
            self.number = number
            self.offset = offset
            self.duration = duration
            self.started = started
            self.outcome = outcome
            self.exitCode = exitCode
            self.signal = signal
            self.verdict = verdict
            self.reason = reason
            self.rule = rule
            self.delayAfter = delayAfter
            self.process = process
        }

        package var end: Duration { offset + duration }
        package var hasSucceeded: Bool { verdict == .success }
    }

    /// The time between an attempt and the next one, or between the last attempt and the end of a run
    /// that was ended in its pause. Hooks run in it too.
    package struct Pause: Equatable, Sendable {
        /// The number of the attempt before it.
        package let attempt: Int
        package let start: Duration
        package let end: Duration
        /// What was chosen.
        package let planned: Duration
    }

    package var pauses: [Pause] {
        attempts.indices.compactMap { index in
            let attempt = attempts[index]
            guard let planned = attempt.delayAfter else { return nil }
            let next = index + 1 < attempts.count ? attempts[index + 1].offset : duration
            return Pause(
                attempt: attempt.number, start: attempt.end, end: max(next, attempt.end),
                planned: planned)
        }
    }

    package var wasRetried: Bool { attemptCount > 1 }

    /// The first and the latest attempts, for what would be too long with all of them.
    package func attempts(atMost limit: Int) -> [Attempt] {
        guard attempts.count > limit else { return attempts }
        let first = max(limit / 10, 1)
        return Array(attempts.prefix(first) + attempts.suffix(limit - first))
    }
}

/// How often attempts have failed for which reason, however many there were.
package struct FailureCounts: Equatable, Sendable {
    /// In the order in which they came.
    package private(set) var reasons: [(text: String, count: Int)] = []
    /// Those for further reasons.
    package private(set) var others = 0

    /// More than anybody would read.
    private static let limit = 10

    package init() {}

    package mutating func add(_ reason: String) {
        if let index = reasons.firstIndex(where: { $0.text == reason }) {
            reasons[index].count += 1
        } else if reasons.count < Self.limit {
            reasons.append((reason, 1))
        } else {
            others += 1
        }
    }

    package var total: Int { reasons.reduce(others) { $0 + $1.count } }

    package static func == (left: FailureCounts, right: FailureCounts) -> Bool {
        left.others == right.others && left.reasons.elementsEqual(right.reasons, by: ==)
    }
}

extension FailureCounts: CustomStringConvertible {
    /// `2 × exit status 1, timed out`.
    package var description: String {
        var parts = reasons.map { $0.count == 1 ? $0.text : "\($0.count) × \($0.text)" }
        if others > 0 { parts.append("\(others) × other reasons") }
        return parts.joined(separator: ", ")
    }
}
