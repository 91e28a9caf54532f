/// A rule by which every value has exactly one spelling: no spaces, the members in one order, and
/// one way to write each character.
///
/// Signatures are made over such spellings. They differ, so each belongs to the room that needs it.
package struct CanonicalForm: Sendable {
    private let precedes: @Sendable (String, String) -> Bool
    private let escape: @Sendable (UInt8) -> String?
    private let allows: @Sendable (Int64) -> Bool

    /// - Parameters:
    ///   - precedes: The order of members by their names.
    ///   - escape: What stands for a byte of UTF-8 in a string; nil for the byte itself.
    ///   - allows: Whether the form can spell an integer.
    package init(
        precedes: @escaping @Sendable (String, String) -> Bool,
        escape: @escaping @Sendable (UInt8) -> String?,
        allows: @escaping @Sendable (Int64) -> Bool = { _ in true }
    ) {
        self.precedes = precedes
        self.escape = escape
        self.allows = allows
    }

    /// The spelling of a value; nil when it holds a number that the form does not have. No form has
    /// fractions.
    package func text(of value: JSONValue) -> [UInt8]? {
        var text: [UInt8] = []
        return append(value, to: &text) ? text : nil
    }

    /// As deep as the value, which is at most 512 levels for one that was read from a text.
    private func append(_ value: JSONValue, to text: inout [UInt8]) -> Bool {
        switch value {
        case .null: text += "null".utf8
        case .bool(let bool): text += (bool ? "true" : "false").utf8
        case .integer(let integer):
            guard allows(integer) else { return false }
            text += "\(integer)".utf8
        case .number: return false
        case .string(let string): append(string, to: &text)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                guard append(element, to: &text) else { return false }
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            let sorted = members.sorted { precedes($0.key, $1.key) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                append(member.key, to: &text)
                text.append(UInt8(ascii: ":"))
                guard append(member.value, to: &text) else { return false }
            }
            text.append(UInt8(ascii: "}"))
        }
        return true
    }

    private func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            if let escaped = escape(byte) { text += escaped.utf8 } else { text.append(byte) }
        }
        text.append(UInt8(ascii: "\""))
    }
}
