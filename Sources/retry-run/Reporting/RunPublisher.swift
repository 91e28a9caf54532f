import Console
import ProcessRunner
import Reports

/// Publishes a run that is over: reports, annotations of a CI system, a trace. Nothing of it changes the
/// result, and all of it together takes two seconds at most.
struct RunPublisher {
    let record: RunRecord
    let settings: RunSettings
    let sender: TraceSender?
    /// That of the command, as we got it.
    let environment: [[UInt8]]
    let supervisor: Supervisor
    let reporter: Reporter

    /// A little less than two seconds: to start a program and to end it takes time as well.
    private static let limit = Duration.milliseconds(1800)

    func publish() {
        // The common case: there is nothing to publish.
        if settings.reports.isEmpty, sender == nil, !record.wasRetried { return }
        let run = FinishedRun(record, settings: settings)
        let end = supervisor.now.advanced(by: Self.limit)
        for file in settings.reports { write(run, to: file) }
        if run.wasRetried, let system = settings.annotation.system {
            Annotator(supervisor: supervisor, reporter: reporter, environment: environment)
                .post(system.notices(of: run), until: end)
        }
        if let sender { send(run, by: sender, until: end) }
    }

    private func write(_ run: FinishedRun, to file: ReportFile) {
        do {
            try supervisor.write(run.report(file.format), to: file.path)
        } catch {
            reporter.warn("the report was not written: \(error)")
        }
    }

    /// The variables may be set for the command alone, so where the first attempt succeeds a trace that
    /// was not sent is mentioned with `--verbose` only.
    private func send(_ run: FinishedRun, by sender: TraceSender, until end: Supervisor.Instant) {
        let failure = sender.send(run, environment: environment, by: supervisor, until: end)
        let mayBeSaid = settings.isVerbose || run.wasRetried || run.exit != .code(0)
        if let failure, mayBeSaid { reporter.warn(failure) }
    }
}
