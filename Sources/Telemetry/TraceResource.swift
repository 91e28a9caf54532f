/// What spans come from: a program, and the job of a CI system that it runs in.
///
/// Sources: OpenTelemetry semantic conventions, "Service", "Telemetry SDK", "CICD" and "VCS".
package struct TraceResource: Sendable {
    private let known: [(name: String, value: String)]

    /// - Parameter job: What is known of the job, by the names of the conventions.
    package init(service: String, version: String, job: [(name: String, value: String)]) {
        known =
            [
                ("service.name", service), ("service.version", version),
                ("telemetry.sdk.name", "retry-run"), ("telemetry.sdk.language", "swift"),
                ("telemetry.sdk.version", version),
            ] + job
    }

    /// All of it; what the user says by `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` wins.
    package func attributes(
        _ given: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        let names = Set(given.map(\.name))
        var seen: Set<String> = []
        // Of a name that is given twice the last value counts.
        let last = given.reversed().filter { seen.insert($0.name).inserted }.reversed()
        return known.filter { !names.contains($0.name) } + last
    }
}
