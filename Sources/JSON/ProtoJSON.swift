/// Values in the JSON form of protocol buffers: what is absent has its default value, 64-bit
/// integers are strings or numbers, bytes are base64, enums are names or numbers.
///
/// Source: Protocol Buffers, "ProtoJSON Format".
extension JSONNode {
    /// Bytes of a member; empty when it is absent.
    package func bytes(_ name: String) throws(JSONError) -> [UInt8] {
        try optional(name)?.bytes ?? []
    }

    /// Bytes in base64 of either alphabet, with padding or without, in lines or not.
    package var bytes: [UInt8] {
        get throws(JSONError) {
            guard let bytes = [UInt8](anyBase64: try stringBytes) else {
                throw unexpected("base64")
            }
            return bytes
        }
    }

    /// Bytes of a member that may not be empty.
    package func requiredBytes(_ name: String) throws(JSONError) -> [UInt8] {
        let node = try required(name)
        guard case let bytes = try node.bytes, !bytes.isEmpty else {
            throw node.unexpected("bytes")
        }
        return bytes
    }

    /// A 64-bit integer of a member that is never negative; 0 when it is absent.
    package func count(_ name: String) throws(JSONError) -> Int64 {
        guard let node = try optional(name) else { return 0 }
        let digits = node.kind == .string ? try node.stringBytes : node.source
        let hasOneSpelling =
            digits.allSatisfy(\.isDigit) && (digits.first != 0x30 || digits.count == 1)
        guard node.kind == .string || node.kind == .number, hasOneSpelling,
            let number = Int64(String(decoding: digits, as: UTF8.self))
        else { throw node.unexpected("an integer from 0 to 2^63 - 1") }
        return number
    }

    /// A string of a member; empty when it is absent.
    package func text(_ name: String) throws(JSONError) -> String {
        guard let node = try optional(name) else { return "" }
        return try node.string
    }

    /// The elements of a member; none when it is absent.
    package func list(_ name: String, limit: Int) throws(JSONError) -> [JSONNode] {
        guard let node = try optional(name) else { return [] }
        let elements = try node.elements
        guard elements.count <= limit else {
            throw node.unexpected("a list of at most \(limit) elements")
        }
        return elements
    }

    /// An enum of a member by its name or its number; nil when it is absent or unspecified (0).
    package func choice<Value>(
        _ name: String, _ values: KeyValuePairs<String, (number: Int64, value: Value)>
    ) throws(JSONError) -> Value? {
        guard let node = try optional(name) else { return nil }
        switch node.kind {
        case .number:
            let number = try node.integer
            if number == 0 { return nil }
            if let known = values.first(where: { $0.value.number == number }) {
                return known.value.value
            }
        case .string:
            let word = try node.string
            if word.hasSuffix("_UNSPECIFIED") || word.hasSuffix("_UNDEFINED") { return nil }
            if let known = values.first(where: { $0.key.utf8.elementsEqual(word.utf8) }) {
                return known.value.value
            }
        default: break
        }
        throw node.unexpected("one of \(values.map(\.key).joined(separator: ", "))")
    }
}

extension [UInt8] {
    /// Bytes from base64 (RFC 4648 §4) or base64url (§5), with padding or without, with line breaks
    /// anywhere; nil for any other text, and where unused bits are set.
    init?(anyBase64 text: ArraySlice<UInt8>) {
        self = []
        reserveCapacity(text.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        var isStandard = false
        var isForURLs = false
        for byte in text {
            let sextet: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): sextet = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): sextet = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): sextet = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "/"):
                isStandard = true
                sextet = byte == UInt8(ascii: "+") ? 62 : 63
            case UInt8(ascii: "-"), UInt8(ascii: "_"):
                isForURLs = true
                sextet = byte == UInt8(ascii: "-") ? 62 : 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            case 0x0A, 0x0D: continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            bits = bits << 6 | UInt32(sextet)
            count += 1
            if count == 4 {
                append(UInt8(truncatingIfNeeded: bits >> 16))
                append(UInt8(truncatingIfNeeded: bits >> 8))
                append(UInt8(truncatingIfNeeded: bits))
                (bits, count) = (0, 0)
            }
        }
        guard !(isStandard && isForURLs) else { return nil }
        switch (count, padding) {
        case (0, 0): break
        case (2, 0), (2, 2):
            guard bits & 0xF == 0 else { return nil }
            append(UInt8(truncatingIfNeeded: bits >> 4))
        case (3, 0), (3, 1):
            guard bits & 0x3 == 0 else { return nil }
            append(UInt8(truncatingIfNeeded: bits >> 10))
            append(UInt8(truncatingIfNeeded: bits >> 2))
        default: return nil
        }
    }
}
