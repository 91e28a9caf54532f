package import JSON
import SigningCrypto

extension JSONValue {
    /// The one spelling of a value that Rekor hashes and signs.
    ///
    /// Source: RFC 8785 (JCS). Fractions are left out: no value that Rekor canonicalises has one.
    /// - Returns: nil for a value with a fraction or an integer beyond 2^53.
    package var canonicalText: [UInt8]? {
        var text: [UInt8] = []
        return append(to: &text) ? text : nil
    }

    private func append(to text: inout [UInt8]) -> Bool {
        switch self {
        case .null: text += Array("null".utf8)
        case .bool(let bool): text += Array("\(bool)".utf8)
        case .integer(let integer):
            guard integer.magnitude <= 1 << 53 else { return false }
            text += Array("\(integer)".utf8)
        case .number: return false
        case .string(let string): Self.append(string, to: &text)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                guard element.append(to: &text) else { return false }
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            // RFC 8785 §3.2.3: by UTF-16 code units.
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                Self.append(member.key, to: &text)
                text.append(UInt8(ascii: ":"))
                guard member.value.append(to: &text) else { return false }
            }
            text.append(UInt8(ascii: "}"))
        }
        return true
    }

    /// RFC 8785 §3.2.2.2: only what JSON must escape, in its shortest form.
    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): text += Array(#"\""#.utf8)
            case UInt8(ascii: "\\"): text += Array(#"\\"#.utf8)
            case 0x08: text += Array(#"\b"#.utf8)
            case 0x09: text += Array(#"\t"#.utf8)
            case 0x0A: text += Array(#"\n"#.utf8)
            case 0x0C: text += Array(#"\f"#.utf8)
            case 0x0D: text += Array(#"\r"#.utf8)
            case 0..<0x20: text += Array(#"\u00"#.utf8) + Array([byte].hex.utf8)
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
