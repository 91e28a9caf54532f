import Reports

/// Runs for the tests of reports: what matters is given, the rest is made up.
func attempt(
    _ number: Int, _ verdict: FinishedRun.Attempt.Verdict, code: Int32 = 1,
    reason: String? = nil, outcome: FinishedRun.Attempt.Outcome = .exited, delay: Duration? = nil
) -> FinishedRun.Attempt {
    let code = verdict == .success ? 0 : code
    return FinishedRun.Attempt(
        number: number, offset: .seconds(2 * (number - 1)), duration: .seconds(1),
        started: 1_700_000_000 + Double(2 * (number - 1)), outcome: outcome, exitCode: code,
        verdict: verdict, reason: reason ?? "exit status \(code)",
        delayAfter: delay ?? (verdict == .retry ? .seconds(1) : nil), process: Int32(100 + number))
}

func run(
    _ attempts: [FinishedRun.Attempt], _ result: FinishedRun.Result = .succeeded,
    exit: FinishedRun.Exit = .code(0), command: String = "sh", deadline: Duration? = nil
) -> FinishedRun {
    var failures = FailureCounts()
    for attempt in attempts where !attempt.hasSucceeded { failures.add(attempt.reason) }
    return FinishedRun(
        command: command, result: result, exit: exit, started: 1_700_000_000,
        duration: attempts.last?.end ?? .zero, attemptLimit: 3, deadline: deadline,
        attempts: attempts, attemptCount: attempts.count, failures: failures)
}

let flakyRun = run([attempt(1, .retry), attempt(2, .success)])
let failedRun = run(
    [attempt(1, .retry), attempt(2, .retry), attempt(3, .stop)], .failed, exit: .code(1))
