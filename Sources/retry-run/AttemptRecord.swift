import ProcessRunner
import Reports
import RetryEngine

/// What is known of one attempt when it is over.
struct AttemptRecord {
    let number: Int
    /// Seconds since 1970, UTC.
    let started: Double
    /// The time from the start of the run to its own.
    let offset: Duration
    let duration: Duration
    let completion: Completion
    /// The attempt was cut by the deadline of the run, not by its own timeout.
    let hitDeadline: Bool
    let judgement: Judgement
    var delayAfter: Duration?
    /// The process that was the command.
    var process: Int32?

    var reason: String { judgement.reason }
}

/// Everything that happened in a run.
struct RunRecord {
    typealias Result = FinishedRun.Result

    let command: String
    let started: Double
    let duration: Duration
    /// The attempts that are remembered: all of them for a report, else the latest.
    let attempts: [AttemptRecord]
    let attemptCount: Int
    let failures: FailureCounts
    let result: Result
    let exit: RunExit

    var wasRetried: Bool { attemptCount > 1 }
}

/// How retry-run itself ends.
enum RunExit: Equatable {
    case code(Int32)
    case signal(Signal)

    /// 125: a failure of our own, nothing was run.
    static let ownFailure = RunExit.code(125)
    /// 124: an attempt was cut by a time limit and no later one decided.
    static let timeout = RunExit.code(124)

    init(_ completion: Completion) {
        switch completion {
        case .ended(.exited(let code)): self = .code(code)
        case .ended(.signalled(let signal)): self = .signal(signal)
        case .timedOut: self = .timeout
        case .notStarted(let failure): self = .code(failure.exitCode)
        }
    }
}
