import Console
import Glibc
import OperatingSystem
import ProcessRunner
import Reports
import Telemetry

/// The trace of a run, where OpenTelemetry's variables ask for one. This executable has no network: the
/// companion sends what it made.
struct TraceSender {
    private let settings: TraceSettings
    let trace: RunTrace

    /// Nil where no trace is asked for, which costs a look at two variables.
    init?() {
        let names = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
        guard names.contains(where: { getenv($0) != nil }),
            let settings = TraceSettings(environmentVariable)
        else { return nil }
        self.settings = settings
        trace = RunTrace(settings, environmentVariable)
    }

    /// - Returns: that it was not sent or not accepted, and why; nil when it was, or was not to be sent.
    func send(
        _ run: FinishedRun, environment: [[UInt8]], by supervisor: Supervisor,
        until limit: Supervisor.Instant
    ) -> String? {
        func notSent(_ reason: String) -> String { "the trace was not sent: \(reason)" }
        if let refusal = settings.refusal { return notSent("\(refusal)") }
        guard trace.context.isSampled else { return nil }
        let body = TraceExport(
            trace.spans(of: run, process: getpid()), in: trace.context, resource: resource,
            scope: ("retry-run", programVersion)
        ).body
        let isMissing = notSent("retry-run-sigstore, which sends it, is not installed")
        let companion: String
        do {
            guard let path = try Companion.path() else { return isMissing }
            companion = path
        } catch {
            return notSent("retry-run-sigstore, which sends it, is not run: \(error)")
        }
        var command = Command(
            arguments: [companion, Companion.traceVerb].map { Array($0.utf8) },
            environment: environment)
        command.isOurOwn = true
        switch BoundedCommand(supervisor).run(command, input: body, until: limit) {
        case .succeeded(let rejection): return rejection
        case .isMissing: return isMissing
        case .failed(let reason): return notSent(reason)
        }
    }

    /// What the variables say of the source wins over what is known anyway.
    private var resource: [(name: String, value: String)] {
        TraceResource(
            service: "retry-run", version: programVersion,
            job: CISystem.present(environmentVariable)?.attributes(environmentVariable) ?? []
        ).attributes(settings.resource)
    }
}
