import CLinux
import Glibc

/// A regular expression over bytes, matched line by line.
///
/// POSIX extended syntax (POSIX.1-2024, XBD 9.4) by the C library in the C locale, so that a dot
/// is one byte and no byte is invalid. Added on top: `\d`, `\D`, `\t`, `(?:…)`, a leading `(?i)`,
/// and lazy quantifiers, which mean the same where only a yes or no is asked for. The C library
/// itself knows `\w \W \s \S \b \B`. Look-around and back-references are refused.
package final class OutputPattern {
    private var compiled = regex_t()

    /// Why a pattern cannot be used.
    package struct InvalidPattern: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(InvalidPattern) {
        var flags = REG_EXTENDED | REG_NOSUB | REG_NEWLINE
        var body = text[...]
        if body.hasPrefix("(?i)") {
            body = body.dropFirst(4)
            flags |= REG_ICASE
        }
        // Anchored at the start of a line, a search is one pass over it, whatever the pattern. A dot
        // would stop at a NUL.
        let translated = try "^[^\n]*(\(Self.translated(body)))"
        let result = regcomp(&compiled, translated, flags)
        if result != 0 {
            let message = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
                _ = regerror(result, &compiled, buffer.baseAddress, buffer.count)
                return buffer.baseAddress.map { String(cString: $0) } ?? ""
            }
            throw InvalidPattern(description: message.prefix(1).lowercased() + message.dropFirst())
        }
    }

    deinit {
        regfree(&compiled)
    }

    func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var range = regmatch_t(rm_so: 0, rm_eo: regoff_t(bytes.count))
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return withUnsafePointer(to: CChar(0)) { empty in
            regexec(&compiled, start ?? empty, 1, &range, REG_STARTEND) == 0
        }
    }

    /// The pattern in the C library's terms.
    private static func translated(_ pattern: Substring) throws(InvalidPattern) -> String {
        var result = ""
        var rest = pattern
        var inBracket = false
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let escaped = rest.popFirst() else {
                    throw InvalidPattern(description: "trailing backslash")
                }
                result += try escape(escaped, inBracket: inBracket)
            case "[" where inBracket && (rest.first == ":" || rest.first == "="):
                let end = rest.firstIndex(of: "]") ?? rest.endIndex
                result += "[" + rest[..<end]
                rest = rest[end...]
                if let close = rest.popFirst() { result.append(close) }
            case "[" where !inBracket:
                inBracket = true
                result += "["
                if rest.first == "^" { result.append(rest.removeFirst()) }
                if rest.first == "]" { result.append(rest.removeFirst()) }
            case "]" where inBracket:
                inBracket = false
                result += "]"
            case "(" where !inBracket && rest.first == "?":
                guard rest.hasPrefix("?:") else {
                    throw InvalidPattern(
                        description: "'(\(rest.prefix(2))' is not supported, only (?:…) "
                            + "and a leading (?i)")
                }
                rest = rest.dropFirst(2)
                result += "("
            case "?"
            where !inBracket && result.last.map("*+?}".contains) == true
                && !result.hasSuffix("\\?") && !result.hasSuffix("\\*") && !result.hasSuffix("\\+")
                && !result.hasSuffix("\\}"):
                continue
            default:
                result.append(character)
            }
        }
        return result
    }

    private static func escape(
        _ character: Character, inBracket: Bool
    ) throws(InvalidPattern) -> String {
        switch (character, inBracket) {
        case ("d", true): "0-9"
        case ("d", false): "[0-9]"
        case ("D", false): "[^0-9]"
        case ("t", _): "\t"
        case ("s", true): "[:space:]"
        case ("w", true): "[:alnum:]_"
        case ("\\", true): "\\"
        case ("]", true), ("[", true), ("^", true), ("-", true), ("D", true), ("S", true),
            ("W", true):
            throw InvalidPattern(description: "'\\\(character)' inside brackets is not supported")
        case (_, true): String(character)
        case ("1"..."9", false):
            throw InvalidPattern(description: "back-references are not supported")
        default: "\\\(character)"
        }
    }
}
