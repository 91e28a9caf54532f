import Console
package import Telemetry

/// The numbers that the spans of a run have, known before they begin: the command gets that of its
/// attempt.
package struct RunTrace: Sendable {
    package let context: TraceContext
    /// The span that has started the run; nil where the trace begins with it.
    private let parent: SpanID?
    private let run = SpanID.random()
    private let firstAttempt = SpanID.random()

    package init(_ settings: TraceSettings, _ environment: (String) -> String?) {
        let (context, isRoot) = settings.context(environment)
        self.context = context
        parent = isRoot ? nil : context.span
    }

    /// What the command of an attempt finds in `TRACEPARENT` and `TRACESTATE`. `BAGGAGE` stays as it is.
    package func variables(attempt number: Int) -> [(name: String, value: String?)] {
        var own = context
        own.span = attempt(number)
        return [("TRACEPARENT", own.parent), ("TRACESTATE", context.state)]
    }

    /// Any two differ: the odd factor makes each number come once in 2^64.
    private func attempt(_ number: Int) -> SpanID {
        let value = firstAttempt.value &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        return SpanID(value: value == 0 ? 1 : value)
    }
}

extension RunTrace {
    /// The spans of a run that is over: one for the run, one for each attempt and each pause.
    ///
    /// Sources: OpenTelemetry semantic conventions, "CLI programs" (execution: internal; client: the
    /// caller's side) and "Process". The command's arguments are left out: they may hold secrets.
    package func spans(of run: FinishedRun, process: Int32) -> [Span] {
        let pauses = Dictionary(run.pauses.map { ($0.attempt, $0) }) { $1 }
        var spans = [runSpan(run, process: process)]
        for attempt in run.attempts(atMost: Self.attemptLimit) {
            spans.append(span(attempt, of: run))
            guard let pause = pauses[attempt.number] else { continue }
            spans.append(
                Span(
                    parent: self.run, name: "pause", kind: .internal,
                    start: run.nanoseconds(pause.start), end: run.nanoseconds(pause.end),
                    attributes: [
                        ("retry_run.attempt", .integer(Int64(attempt.number))),
                        ("retry_run.pause.planned", .number(pause.planned.inSeconds)),
                    ]))
        }
        return spans
    }

    /// What a collector takes at once without questions.
    private static let attemptLimit = 500

    private func runSpan(_ run: FinishedRun, process: Int32) -> Span {
        let code: Int32
        let errorType: String
        switch run.exit {
        case .code(let number): (code, errorType) = (number, run.errorType(number))
        // As a shell has it.
        case .signal(let name, let number): (code, errorType) = (128 + number, name)
        }
        var attributes: [(name: String, value: Span.Value)] = [
            ("process.executable.name", .string("retry-run")),
            ("process.pid", .integer(Int64(process))),
            ("process.exit.code", .integer(Int64(code))),
            ("retry_run.command", .string(run.shownCommand)),
            ("retry_run.result", .string(run.result.rawValue)),
            ("retry_run.attempts", .integer(Int64(run.attemptCount))),
            ("retry_run.flaky", .bool(run.result == .succeeded && run.wasRetried)),
        ]
        if let deadline = run.deadline {
            attributes.append(("retry_run.deadline", .number(deadline.inSeconds)))
        }
        if code != 0 { attributes.append(("error.type", .string(errorType))) }
        return Span(
            id: self.run, parent: parent, name: "retry-run", kind: .internal,
            start: run.nanoseconds(.zero), end: run.nanoseconds(run.duration),
            attributes: attributes,
            error: code == 0 ? nil : "\(run.shownCommand) \(run.resultText), \(run.exitText)")
    }

    private func span(_ attempt: FinishedRun.Attempt, of run: FinishedRun) -> Span {
        var attributes: [(name: String, value: Span.Value)] = [
            ("process.executable.name", .string(run.shownCommand)),
            ("retry_run.attempt", .integer(Int64(attempt.number))),
            ("retry_run.verdict", .string(attempt.verdict.rawValue)),
            ("retry_run.reason", .string(attempt.shownReason)),
        ]
        if let rule = attempt.shownRule {
            attributes.append(("retry_run.rule", .string(rule)))
        }
        if let process = attempt.process {
            attributes.append(("process.pid", .integer(Int64(process))))
        }
        if let code = attempt.exitCode {
            attributes.append(("process.exit.code", .integer(Int64(code))))
        }
        if let signal = attempt.signal {
            attributes.append(("retry_run.signal", .string(signal)))
        }
        if !attempt.hasSucceeded {
            let type = attempt.outcome == .exited ? "\(attempt.exitCode ?? 1)" : attempt.errorType
            attributes.append(("error.type", .string(type)))
        }
        return Span(
            id: self.attempt(attempt.number), parent: self.run, name: run.shownCommand,
            kind: .client,
            start: run.nanoseconds(attempt.offset), end: run.nanoseconds(attempt.end),
            attributes: attributes, error: attempt.hasSucceeded ? nil : attempt.shownReason)
    }
}

extension FinishedRun.Attempt {
    fileprivate var errorType: String {
        switch outcome {
        case .signalled: signal ?? "signal"
        case .timeout, .deadline: outcome.rawValue
        case .notStarted: "not_started"
        case .exited: "\(exitCode ?? 1)"
        }
    }
}

extension FinishedRun {
    fileprivate func errorType(_ code: Int32) -> String {
        switch result {
        case .timeout, .deadline, .cancelled: result.rawValue
        case .notStarted: "not_started"
        case .succeeded, .failed: "\(code)"
        }
    }

    /// An instant of the run in nanoseconds since 1970: one reading of the wall clock, and the rest by
    /// the clock that nobody sets.
    fileprivate func nanoseconds(_ offset: Duration) -> UInt64 {
        let start = UInt64(max(started, 0) * 1e6) * 1000
        return start &+ UInt64(max(offset / .nanoseconds(1), 0))
    }
}
