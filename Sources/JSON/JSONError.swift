/// A text that is not the JSON it should be.
package enum JSONError: Error, Equatable {
    case malformed(String, at: JSONPosition)
    /// JSON beyond what anybody needs.
    case beyondLimit(String, at: JSONPosition)
    /// A duplicate member: readers disagree about which one counts.
    case doubled(member: String, at: JSONPosition)
    case missing(member: String, of: String)
    case unexpected(path: String, expected: String)
}

/// A place in a text: line and column count from 1, columns in Unicode scalars.
package struct JSONPosition: Equatable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Where a byte stands.
    init(of offset: Int, in text: [UInt8]) {
        var line = 1
        var column = 1
        for byte in text.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }
}

extension JSONPosition: CustomStringConvertible {
    package var description: String { "line \(line), column \(column)" }
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason, let position): "not JSON: \(position): \(reason)"
        case .beyondLimit(let reason, let position): "\(position): \(reason)"
        case .doubled(let member, let position):
            "\(position): duplicate member\(quotedName(member).map { " '\($0)'" } ?? "")"
        case .missing(let member, let path):
            path.isEmpty ? "'\(member)' is missing" : "'\(member)' is missing from '\(path)'"
        case .unexpected(let path, let expected):
            path.isEmpty ? "the document is not \(expected)" : "'\(path)' is not \(expected)"
        }
    }
}

/// A member's name as messages show it; nil for one that is no word.
func quotedName(_ name: String) -> String? {
    let isWord = name.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "'") }
    return isWord && 1...64 ~= name.utf8.count ? name : nil
}
