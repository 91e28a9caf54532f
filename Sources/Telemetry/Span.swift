import JSON

/// One piece of work in a trace, with its begin and its end.
package struct Span: Sendable {
    package enum Kind: Int64, Sendable {
        /// Work of this process.
        case `internal` = 1
        /// Work that this process has asked another one for.
        case client = 3
    }

    package enum Value: Equatable, Sendable {
        case string(String)
        case integer(Int64)
        case number(Double)
        case bool(Bool)
    }

    package let id: SpanID
    package let parent: SpanID?
    package let name: String
    package let kind: Kind
    /// Nanoseconds since 1970, UTC.
    package let start: UInt64
    package let end: UInt64
    package var attributes: [(name: String, value: Value)]
    /// What went wrong, where something did.
    package var error: String?

    package init(
        id: SpanID = .random(), parent: SpanID?, name: String, kind: Kind, start: UInt64,
        end: UInt64, attributes: [(name: String, value: Value)] = [], error: String? = nil
    ) {
        self.id = id
        self.parent = parent
        self.name = name
        self.kind = kind
        self.start = start
        self.end = max(start, end)
        self.attributes = attributes
        self.error = error
    }
}

/// The body of an export: spans of one trace from one process.
///
/// Source: OTLP 1, "JSON Protobuf Encoding": numbers of traces and spans in hexadecimal, integers of 64
/// bits as texts, enumerations as numbers, names in lowerCamelCase.
package struct TraceExport: Sendable {
    private let context: TraceContext
    private let resource: [(name: String, value: String)]
    private let scope: (name: String, version: String)
    private let spans: [Span]

    package init(
        _ spans: [Span], in context: TraceContext, resource: [(name: String, value: String)],
        scope: (name: String, version: String)
    ) {
        self.spans = spans
        self.context = context
        self.resource = resource
        self.scope = scope
    }

    /// As one line of JSON.
    package var body: [UInt8] {
        let resource = JSONValue.object([
            "attributes": .array(resource.map { attribute($0.name, .string($0.value)) })
        ])
        let scopeSpans: JSONValue = [
            "scope": ["name": .string(scope.name), "version": .string(scope.version)],
            "spans": .array(spans.map(json)),
        ]
        let whole: JSONValue = [
            "resourceSpans": [["resource": resource, "scopeSpans": [scopeSpans]]]
        ]
        return whole.text()
    }

    private func json(_ span: Span) -> JSONValue {
        var members: [String: JSONValue] = [
            "traceId": .string("\(context.trace)"), "spanId": .string("\(span.id)"),
            "name": .string(span.name), "kind": .integer(span.kind.rawValue),
            "startTimeUnixNano": .string("\(span.start)"),
            "endTimeUnixNano": .string("\(span.end)"),
            "attributes": .array(span.attributes.map { attribute($0.name, $0.value) }),
            "flags": .integer((context.isSampled ? 1 : 0) + (context.isRandom ? 2 : 0)),
        ]
        if let parent = span.parent { members["parentSpanId"] = .string("\(parent)") }
        if let state = context.state { members["traceState"] = .string(state) }
        if let error = span.error {
            members["status"] = ["code": .integer(2), "message": .string(error)]
        }
        return .object(members)
    }

    private func attribute(_ name: String, _ value: Span.Value) -> JSONValue {
        let json: JSONValue =
            switch value {
            case .string(let text): ["stringValue": .string(text)]
            case .integer(let number): ["intValue": .string("\(number)")]
            case .number(let number): ["doubleValue": .number(number)]
            case .bool(let bool): ["boolValue": .bool(bool)]
            }
        return ["key": .string(name), "value": json]
    }
}
