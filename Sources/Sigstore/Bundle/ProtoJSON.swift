import FoundationEssentials
import JSON
import SigningCrypto

/// Values in the JSON form of protocol buffers: what is absent has its default value, 64-bit
/// integers are strings or numbers, bytes are base64, enums are names or numbers.
///
/// Source: Protocol Buffers, "ProtoJSON Format".
extension JSONNode {
    /// Bytes of a member; empty when it is absent.
    func bytes(_ name: String) throws(JSONError) -> [UInt8] {
        try optional(name)?.bytes ?? []
    }

    /// Bytes in base64. Writers pad it and use the standard alphabet, readers take the one for URLs
    /// and unpadded texts too.
    var bytes: [UInt8] {
        get throws(JSONError) {
            let text = String(try string.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
            let padding = text.hasSuffix("=") ? 0 : (4 - text.utf8.count % 4) % 4
            guard let bytes = [UInt8](base64: text + String(repeating: "=", count: padding)) else {
                throw unexpected("base64")
            }
            return bytes
        }
    }

    /// Bytes of a member that may not be empty.
    func requiredBytes(_ name: String) throws(JSONError) -> [UInt8] {
        let bytes = try bytes(name)
        if bytes.isEmpty { _ = try required(name) }
        guard !bytes.isEmpty else { throw try required(name).unexpected("bytes") }
        return bytes
    }

    /// A 64-bit integer of a member that is never negative; 0 when it is absent.
    func count(_ name: String) throws(JSONError) -> Int64 {
        guard let node = try optional(name) else { return 0 }
        let number: Int64?
        switch node.value {
        case .string(let text): number = Int64(text)
        case .integer(let integer): number = integer
        default: number = nil
        }
        guard let number, number >= 0 else {
            throw node.unexpected("an integer from 0 to 2^63 - 1")
        }
        return number
    }

    /// A string of a member; empty when it is absent.
    func text(_ name: String) throws(JSONError) -> String {
        guard let node = try optional(name) else { return "" }
        return try node.string
    }

    /// The elements of a member; none when it is absent.
    func list(_ name: String, limit: Int) throws(JSONError) -> [JSONNode] {
        guard let node = try optional(name) else { return [] }
        let elements = try node.elements
        guard elements.count <= limit else { throw node.unexpected("at most \(limit) elements") }
        return elements
    }

    /// An enum of a member by its name or its number; nil when it is absent or unspecified (0).
    func choice<Value>(
        _ name: String, _ values: KeyValuePairs<String, (number: Int64, value: Value)>
    ) throws(JSONError) -> Value? {
        guard let node = try optional(name) else { return nil }
        switch node.value {
        case .integer(0): return nil
        case .integer(let number):
            if let known = values.first(where: { $0.value.number == number }) {
                return known.value.value
            }
        case .string(let word):
            if word.hasSuffix("_UNSPECIFIED") || word.hasSuffix("_UNDEFINED") { return nil }
            if let known = values.first(where: { $0.key == word }) { return known.value.value }
        default: break
        }
        throw node.unexpected("one of \(values.map(\.key).joined(separator: ", "))")
    }

    /// A time of a member (RFC 3339); nil when it is absent.
    func time(_ name: String) throws(JSONError) -> Date? {
        guard let node = try optional(name) else { return nil }
        let text = try node.string
        // Foundation's parser stops after a time, whatever follows: what follows the seconds must be
        // a zone, after a fraction perhaps.
        var zone = text.utf8.dropFirst("2026-01-31T12:00:00".utf8.count)
        if zone.first == UInt8(ascii: ".") {
            zone = zone.dropFirst().drop { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        }
        guard zone.elementsEqual("Z".utf8) || zone.count == "+00:00".utf8.count,
            let time = try? Date(
                text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        else { throw node.unexpected("a time such as 2026-01-31T12:00:00Z") }
        return time
    }
}
