/// What the variables of OpenTelemetry ask for. An empty one is unset.
///
/// Sources: OpenTelemetry, "Environment Variable Specification" and "OpenTelemetry Protocol Exporter".
package struct TraceSettings: Sendable {
    /// Where spans are sent to.
    package let endpoint: String
    /// What every request has besides; secrets as a rule.
    package let headers: [(name: String, value: String)]
    /// The limit of the export.
    package let timeout: Duration
    /// The file with the certificates that are trusted; nil for the system's.
    package let certificate: String?
    /// What spans are told to come from, as the variables say.
    package let resource: [(name: String, value: String)]
    private let sampler: Sampler

    private enum Sampler: Equatable, Sendable {
        case always, never
        case ratio(Double)
    }

    /// Why a trace that was asked for is not sent.
    package enum Refusal: Equatable, Sendable {
        case protocolNotSpoken(String)
    }

    private let followsParent: Bool
    package let refusal: Refusal?

    /// - Returns: nil where no trace is asked for: no endpoint, or tracing is turned off.
    package init?(_ environment: (String) -> String?) {
        func value(_ name: String) -> String? {
            let text = environment(name).map { $0.trimmingSpaces }
            return text.flatMap { $0.isEmpty ? nil : $0 }
        }
        /// The variable for traces, else the one for everything.
        func exporter(_ name: String) -> String? {
            value("OTEL_EXPORTER_OTLP_TRACES_\(name)") ?? value("OTEL_EXPORTER_OTLP_\(name)")
        }
        if value("OTEL_SDK_DISABLED")?.lowercased() == "true" { return nil }
        if let exporters = value("OTEL_TRACES_EXPORTER"),
            !exporters.split(separator: ",").contains(where: { $0.trimmingSpaces == "otlp" })
        {
            return nil
        }
        if let own = value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
            endpoint = own
        } else if let base = value("OTEL_EXPORTER_OTLP_ENDPOINT") {
            endpoint = base + (base.hasSuffix("/") ? "" : "/") + "v1/traces"
        } else {
            return nil
        }
        headers = exporter("HEADERS").map(Self.pairs) ?? []
        timeout = .milliseconds(
            exporter("TIMEOUT").flatMap { Int64($0) }.flatMap { $0 > 0 ? min($0, 3_600_000) : nil }
                ?? 10_000)
        certificate = exporter("CERTIFICATE")
        switch exporter("PROTOCOL") {
        // A server of http/protobuf reads JSON too: OTLP, "OTLP/HTTP Request".
        case nil, "http/json"?, "http/protobuf"?: refusal = nil
        case let other?: refusal = .protocolNotSpoken(other)
        }
        var attributes = value("OTEL_RESOURCE_ATTRIBUTES").map(Self.pairs) ?? []
        if let service = value("OTEL_SERVICE_NAME") {
            attributes.removeAll { $0.name == "service.name" }
            attributes.append(("service.name", service))
        }
        resource = attributes
        (sampler, followsParent) = Self.sampler(
            value("OTEL_TRACES_SAMPLER"), value("OTEL_TRACES_SAMPLER_ARG"))
    }

    private static func sampler(_ name: String?, _ argument: String?) -> (Sampler, Bool) {
        let ratio = argument.flatMap { Double($0) }.flatMap { 0...1 ~= $0 ? $0 : nil } ?? 1
        switch name {
        case "always_on": return (.always, false)
        case "always_off": return (.never, false)
        case "traceidratio": return (.ratio(ratio), false)
        case "parentbased_always_off": return (.never, true)
        case "parentbased_traceidratio": return (.ratio(ratio), true)
        default: return (.always, true)
        }
    }

    /// The context that a run begins in: that of its caller, or a trace of its own, whose parent span
    /// there is not.
    package func context(_ environment: (String) -> String?) -> (
        context: TraceContext, isRoot: Bool
    ) {
        let parent = environment("TRACEPARENT").flatMap {
            TraceContext(parent: $0, state: environment("TRACESTATE"))
        }
        var context =
            parent ?? TraceContext(trace: .random(), span: .random(), isSampled: true)
        if parent == nil || !followsParent {
            switch sampler {
            case .always: context.isSampled = true
            case .never: context.isSampled = false
            case .ratio(let ratio):
                context.isSampled = Double(context.trace.low >> 1) < ratio * 0x1p63
            }
        }
        return (context, parent == nil)
    }

    /// `name=value` pairs parted by commas, percent-encoded; what is none is left out.
    static func pairs(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: ",").compactMap { pair in
            guard let end = pair.firstIndex(of: "=") else { return nil }
            let name = pair[..<end].trimmingSpaces
            let value = pair[pair.index(after: end)...].trimmingSpaces
            guard !name.isEmpty, let decoded = percentDecoded(value) else { return nil }
            return (name, decoded)
        }
    }

    private static func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.first != "+", digits.first != "-",
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension TraceSettings.Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .protocolNotSpoken(let name):
            "OTEL_EXPORTER_OTLP_PROTOCOL asks for '\(name.prefix(40))', and only http/json is spoken"
        }
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
