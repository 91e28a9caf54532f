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

    /// The spelling of a value.
    /// - Throws: when it holds a number that the form does not have. No form has fractions.
    package func text(of node: JSONNode) throws(JSONError) -> [UInt8] {
        var text: [UInt8] = []
        try append(node, to: &text)
        return text
    }

    private func append(_ node: JSONNode, to text: inout [UInt8]) throws(JSONError) {
        switch node.kind {
        case .null, .bool: text += node.source
        case .number:
            let integer = try node.integer
            guard allows(integer) else { throw node.unexpected("an integer that can be signed") }
            text += "\(integer)".utf8
        case .string: append(try node.stringBytes, to: &text)
        case .array:
            try append(node.elements, in: "[]", to: &text) { element, text throws(JSONError) in
                try append(element, to: &text)
            }
        case .object:
            let members = try node.members.sorted { precedes($0.name, $1.name) }
            try append(members, in: "{}", to: &text) { member, text throws(JSONError) in
                append(Array(member.name.utf8)[...], to: &text)
                text.append(UInt8(ascii: ":"))
                try append(member.value, to: &text)
            }
        }
    }

    private func append<Element>(
        _ elements: [Element], in brackets: String, to text: inout [UInt8],
        each: (Element, inout [UInt8]) throws(JSONError) -> Void
    ) throws(JSONError) {
        text += brackets.utf8.prefix(1)
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            try each(element, &text)
        }
        text += brackets.utf8.suffix(1)
    }

    private func append(_ string: ArraySlice<UInt8>, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string {
            if let escaped = escape(byte) { text += escaped.utf8 } else { text.append(byte) }
        }
        text.append(UInt8(ascii: "\""))
    }
}
