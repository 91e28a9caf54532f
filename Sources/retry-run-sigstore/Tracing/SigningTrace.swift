import Console
import FoundationEssentials
import Glibc
import HTTP
import OperatingSystem
import Reports
import Sigstore
import Telemetry

/// The trace of a signing, where OpenTelemetry's variables ask for one: a span for the run, one for each
/// phase and one for each call.
///
/// Sources: OpenTelemetry semantic conventions, "CLI programs", "HTTP spans" (client).
struct SigningTrace {
    let command: String
    let record: SigningRecord
    let outcome: SigningOutcome

    /// More calls than these make no trace better.
    private static let callLimit = 1000

    /// Sends it; it changes nothing, and takes a second and a half at most.
    /// - Returns: that it was not sent or not accepted, and why; nil when it was, or was not to be sent.
    func send() -> String? {
        guard let settings = TraceSettings(environmentVariable) else { return nil }
        if let refusal = settings.refusal { return "the trace was not sent: \(refusal)" }
        let (context, isRoot) = settings.context(environmentVariable)
        guard context.isSampled else { return nil }
        let resource = TraceResource(
            service: "retry-run", version: programVersion,
            job: CISystem.present(environmentVariable)?.attributes(environmentVariable) ?? []
        ).attributes(settings.resource)
        let export = TraceExport(
            spans(below: isRoot ? nil : context.span, until: Date()), in: context,
            resource: resource, scope: ("retry-run", programVersion))
        do {
            return try TraceExporter(settings).send(export.body)
        } catch {
            return "the trace was not sent: \(error)"
        }
    }

    func spans(below parent: SpanID?, until end: Date) -> [Span] {
        let code = outcome.exitCode.rawValue
        var attributes: [(name: String, value: Span.Value)] = [
            ("process.executable.name", .string("retry-run-sigstore")),
            ("process.pid", .integer(Int64(getpid()))),
            ("process.exit.code", .integer(Int64(code))),
            ("retry_run.command", .string(command)), ("retry_run.result", .string(outcome.result)),
            ("retry_run.files", .integer(Int64(record.files.count))),
        ]
        if code != 0 {
            attributes.append(("error.type", .string(outcome.className ?? "\(code)")))
        }
        let run = Span(
            parent: parent, name: "retry-run \(command)", kind: .internal,
            start: record.started.nanoseconds, end: end.nanoseconds, attributes: attributes,
            error: code == 0 ? nil : outcome.message.map(Self.shown) ?? outcome.result)
        let below = record.phases.flatMap { self.spans(of: $0, below: run.id, until: end) }
        return [run] + below.prefix(Self.callLimit)
    }

    private func spans(
        of phase: SigningRecord.Phase, below run: SpanID, until end: Date
    ) -> [Span] {
        // One that was cut off lasts until the end of the run.
        let length =
            phase.duration > .zero || phase.error != nil
            ? phase.duration.inSeconds : end.timeIntervalSince(phase.started)
        var attributes: [(name: String, value: Span.Value)] = [
            ("retry_run.phase", .string(phase.phase.rawValue))
        ]
        if let error = phase.error { attributes.append(("error.type", .string(error.className))) }
        let span = Span(
            parent: run, name: phase.phase.rawValue, kind: .internal,
            start: phase.started.nanoseconds,
            end: phase.started.addingTimeInterval(length).nanoseconds, attributes: attributes,
            error: phase.error.map { Self.shown("\($0)") })
        return [span] + phase.attempts.map { self.span(of: $0, below: span.id) }
    }

    /// `call` is the method and the URL, without secrets.
    private func span(of attempt: SigningRecord.Attempt, below phase: SpanID) -> Span {
        let words = attempt.call.split(separator: " ", maxSplits: 1).map(String.init)
        var attributes: [(name: String, value: Span.Value)] = [
            ("retry_run.attempt", .integer(Int64(attempt.number)))
        ]
        if words.count == 2 {
            let host = words[1].split(separator: "/").dropFirst().first ?? ""
            attributes += [
                ("http.request.method", .string(words[0])), ("url.full", .string(words[1])),
                ("server.address", .string(String(host.prefix { $0 != ":" }))),
            ]
        }
        if attempt.number > 1 {
            attributes.append(("http.request.resend_count", .integer(Int64(attempt.number - 1))))
        }
        if let status = attempt.failure?.failure.status {
            attributes.append(("http.response.status_code", .integer(Int64(status))))
        }
        if let failure = attempt.failure {
            attributes.append(("error.type", .string(failure.className)))
        }
        return Span(
            parent: phase, name: words.first ?? "call", kind: .client,
            start: attempt.started.nanoseconds,
            end: attempt.started.addingTimeInterval(attempt.duration.inSeconds).nanoseconds,
            attributes: attributes, error: attempt.failure.map { Self.shown("\($0.failure)") })
    }

    private static func shown(_ text: String) -> String {
        String(printable(withoutSecrets(text).utf8).prefix(500))
    }
}

extension Date {
    fileprivate var nanoseconds: UInt64 { UInt64(max(timeIntervalSince1970, 0) * 1e6) * 1000 }
}

extension SignRequest {
    /// Nobody has asked us for the trace: where everything went well at once nothing is said of it.
    func sendTrace(_ outcome: SigningOutcome, _ record: SigningRecord, _ reporter: Reporter) {
        let trace = SigningTrace(command: command, record: record, outcome: outcome)
        guard let failure = trace.send() else { return }
        if outcome.exitCode != .success || record.phases.contains(where: { $0.attempts.count > 1 })
        {
            reporter.warn(failure)
        }
    }
}
