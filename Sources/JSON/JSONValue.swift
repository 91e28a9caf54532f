import FoundationEssentials

/// A JSON value, with nothing of it lost but the order of the members and the spelling of numbers.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number that is not a 64-bit integer.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// Reads one JSON text in UTF-8: RFC 8259, at most 512 levels deep.
    package init(parsing text: [UInt8]) throws(JSONError) {
        // The decoder guesses other encodings, and takes a comma before a closing bracket.
        if text.contains(0) || text.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw .malformed("it is not in UTF-8 without a byte order mark")
        }
        if text.hasTrailingComma { throw .malformed("a comma stands before a closing bracket") }
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(text))
        } catch {
            throw .malformed(Self.reason(error))
        }
    }

    /// The text with members in the order of their names, and nothing escaped without need.
    package func text(isIndented: Bool = false) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("a JSON value holds a number that JSON cannot write")
        }
        return [UInt8](data)
    }

    private static func reason(_ error: any Error) -> String {
        guard case .dataCorrupted(let context)? = error as? DecodingError else { return "\(error)" }
        guard let underlying = context.underlyingError else { return context.debugDescription }
        return "\(underlying)"
    }
}

extension [UInt8] {
    /// Whether a comma is followed by a closing bracket, outside of strings.
    fileprivate var hasTrailingComma: Bool {
        var last: UInt8 = 0
        var isInString = false
        var isEscaped = false
        for byte in self {
            if isInString {
                isInString = byte != UInt8(ascii: "\"") || isEscaped
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if last == UInt8(ascii: ",") { return true }
                last = byte
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                break
            default:
                isInString = byte == UInt8(ascii: "\"")
                last = byte
            }
        }
        return false
    }
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // The frequent kinds first: each guess that fails makes an error with its whole path.
        if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .array(try container.decode([JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .string(let string): try container.encode(string)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
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
