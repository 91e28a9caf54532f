/// Where in a trace a process is: the trace, the span that started it, and what travels along.
///
/// Sources: W3C, "Trace Context" §3.2 and §3.3; OpenTelemetry, "Environment Variables as Context
/// Propagation Carriers".
package struct TraceContext: Equatable, Sendable {
    package var trace: TraceID
    /// The span that is the parent of what starts here.
    package var span: SpanID
    package var isSampled: Bool
    /// The flag that says that the trace's number was drawn at random.
    package var isRandom: Bool
    /// `tracestate`, as it came.
    package var state: String?

    package init(
        trace: TraceID, span: SpanID, isSampled: Bool, isRandom: Bool = true, state: String? = nil
    ) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
        self.isRandom = isRandom
        self.state = state
    }

    /// Reads what a caller has put into `TRACEPARENT` and `TRACESTATE`; nil for what is none, whose
    /// state counts for nothing either.
    package init?(parent: String, state: String?) {
        let fields = parent.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count >= 4, let version = Self.hex(fields[0], digits: 2), version != 0xFF,
            version > 0 || fields.count == 4,
            let trace = TraceID(hex: fields[1]), let span = SpanID(hex: fields[2]),
            let flags = Self.hex(fields[3], digits: 2)
        else { return nil }
        self.trace = trace
        self.span = span
        isSampled = flags & 1 != 0
        isRandom = flags & 2 != 0
        self.state = state.flatMap { Self.isUsable($0) ? $0 : nil }
    }

    /// What a process started in this context gets in `TRACEPARENT`.
    package var parent: String {
        let flags = (isSampled ? 1 : 0) + (isRandom ? 2 : 0)
        return "00-\(trace)-\(span)-0\(flags)"
    }

    /// §3.3.1.5: 512 characters are what everybody passes on.
    private static func isUsable(_ state: String) -> Bool {
        !state.isEmpty && state.utf8.count <= 8192 && state.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }

    fileprivate static func hex(_ text: Substring, digits: Int) -> UInt64? {
        let isLowercase = text.utf8.allSatisfy {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        return text.utf8.count == digits && isLowercase ? UInt64(text, radix: 16) : nil
    }
}

/// The number of a trace: 16 bytes, not all zero.
package struct TraceID: Equatable, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package static func random() -> TraceID {
        TraceID(high: .random(in: .min ... .max), low: .random(in: 1 ... .max))
    }

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init?(hex: Substring) {
        guard let high = TraceContext.hex(hex.prefix(16), digits: 16),
            let low = TraceContext.hex(hex.dropFirst(16), digits: 16), high != 0 || low != 0
        else { return nil }
        self.init(high: high, low: low)
    }

    package var description: String { hexadecimal(high) + hexadecimal(low) }
}

/// The number of a span: 8 bytes, not all zero.
package struct SpanID: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt64

    package static func random() -> SpanID { SpanID(value: .random(in: 1 ... .max)) }

    package init(value: UInt64) {
        self.value = value
    }

    init?(hex: Substring) {
        guard let value = TraceContext.hex(hex, digits: 16), value != 0 else { return nil }
        self.init(value: value)
    }

    package var description: String { hexadecimal(value) }
}

private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
