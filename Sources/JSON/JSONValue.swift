/// A JSON value to be written.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A finite number that is not a 64-bit integer.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The text with members in the order of their names, and nothing escaped without need.
    package func text(isIndented: Bool = false) -> [UInt8] {
        var text: [UInt8] = []
        append(to: &text, lineBreak: isIndented ? [0x0A] : nil)
        return text
    }

    /// `lineBreak`: what begins a line here; nil for a text of one line.
    private func append(to text: inout [UInt8], lineBreak: [UInt8]?) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let bool): text += "\(bool)".utf8
        case .integer(let integer): text += "\(integer)".utf8
        case .number(let number):
            precondition(number.isFinite, "JSON has no number that is not finite")
            let digits = "\(number)"
            text += (digits.hasSuffix(".0") ? digits.dropLast(2) : digits[...]).utf8
        case .string(let string): text.append(jsonString: string)
        case .array(let elements):
            append(elements, in: "[]", to: &text, lineBreak) { element, text, lineBreak in
                element.append(to: &text, lineBreak: lineBreak)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            append(sorted, in: "{}", to: &text, lineBreak) { member, text, lineBreak in
                text.append(jsonString: member.key)
                text += (lineBreak == nil ? ":" : ": ").utf8
                member.value.append(to: &text, lineBreak: lineBreak)
            }
        }
    }

    private func append<Element>(
        _ elements: [Element], in brackets: String, to text: inout [UInt8], _ lineBreak: [UInt8]?,
        each: (Element, inout [UInt8], [UInt8]?) -> Void
    ) {
        let inner = elements.isEmpty ? nil : lineBreak.map { $0 + "  ".utf8 }
        text += brackets.utf8.prefix(1)
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += inner ?? []
            each(element, &text, inner)
        }
        if inner != nil { text += lineBreak ?? [] }
        text += brackets.utf8.suffix(1)
    }
}

extension [UInt8] {
    /// Appends a string in quotes, with what JSON must escape in its shortest form (RFC 8785 §3.2.2.2).
    package mutating func append(jsonString string: String) {
        append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            if let escape = jsonEscape(byte) { self += escape.utf8 } else { append(byte) }
        }
        append(UInt8(ascii: "\""))
    }
}

/// What stands for a byte of UTF-8 in a string; nil for the byte itself.
package func jsonEscape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "\""): #"\""#
    case UInt8(ascii: "\\"): #"\\"#
    case 0x08: #"\b"#
    case 0x09: #"\t"#
    case 0x0A: #"\n"#
    case 0x0C: #"\f"#
    case 0x0D: #"\r"#
    case 0..<0x10: #"\u000"# + String(byte, radix: 16)
    case 0x10..<0x20: #"\u00"# + String(byte, radix: 16)
    default: nil
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

extension JSONValue {
    /// Reads a text as `JSONNode` does.
    package init(parsing text: [UInt8]) throws(JSONError) {
        self = try JSONNode(parsing: text).value
    }
}

extension JSONNode {
    /// The value, to be written again. Of names that `String` takes for the same, one is left.
    package var value: JSONValue {
        get throws(JSONError) {
            switch kind {
            case .null: return .null
            case .bool: return .bool(try bool)
            case .number:
                guard let integer = try? integer else { return .number(try double) }
                return .integer(integer)
            case .string: return .string(try string)
            case .array:
                return .array(
                    try elements.map { element throws(JSONError) in try element.value })
            case .object:
                let members = try members.map { member throws(JSONError) in
                    (member.name, try member.value.value)
                }
                return .object(Dictionary(members) { $1 })
            }
        }
    }
}
