package import JSON

/// The one spelling of a JSON value that signatures are made over: OLPC's "Canonical JSON".
///
/// No spaces, members in the order of their names' code points, integers only; in strings nothing
/// but `\` and `"` is escaped, so that a line feed is the byte 0x0A.
package enum CanonicalJSON {
    /// - Throws: when the value holds a number that is not a 64-bit integer.
    package static func encode(_ value: JSONValue) throws(JSONError) -> [UInt8] {
        var text: [UInt8] = []
        try append(value, to: &text)
        return text
    }

    /// As deep as the value, which is at most 512 levels for one that was read from a text.
    private static func append(_ value: JSONValue, to text: inout [UInt8]) throws(JSONError) {
        switch value {
        case .null: text += "null".utf8
        case .bool(let bool): text += (bool ? "true" : "false").utf8
        case .integer(let integer): text += "\(integer)".utf8
        case .number(let number): throw .malformed("\(number) is not an integer")
        case .string(let string): append(string, to: &text)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                try append(element, to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: isBefore).enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                append(member.key, to: &text)
                text.append(UInt8(ascii: ":"))
                try append(member.value, to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
    }

    /// UTF-8 sorts as the code points do; `String` would compare what looks the same as equal.
    private static func isBefore(
        _ one: (key: String, value: JSONValue), _ other: (key: String, value: JSONValue)
    ) -> Bool {
        one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
    }
}
