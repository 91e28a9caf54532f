import CRE2

/// A regular expression that matches in time linear in what it looks at, whoever wrote either.
///
/// Syntax: RE2, which is Go's (https://github.com/google/re2/wiki/Syntax); look-around and
/// back-references are refused. It finds a match anywhere, unless it is anchored.
package final class Pattern: Sendable {
    /// What a pattern is matched against.
    package enum Subject: Sendable {
        /// One text of Unicode scalars; `^` and `$` are its ends.
        case text
        /// Lines of bytes in any encoding or none; `^`, `\A`, `$` and `\z` are the ends of a line, and
        /// nothing matches a line feed.
        case lines
    }

    /// Why a pattern cannot be used, in RE2's words.
    package struct InvalidPattern: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// The memory that the automaton of a pattern may take. An automaton that needs more is run
    /// without being stored: slower, and still linear.
    private static let memory = 8 << 20

    package let source: String
    private let subject: Subject
    /// Compiled once, then only read: RE2 may be used by several threads at once.
    nonisolated(unsafe) private let expression: OpaquePointer

    /// - Parameter capturing: `find` says what the first group matched.
    package init(
        _ source: String, for subject: Subject, capturing: Bool = false
    ) throws(InvalidPattern) {
        self.source = source
        self.subject = subject
        let text = subject == .lines ? Self.withAnchorsOfLines(source) : source
        expression = Self.compile(text, for: subject, capturing: capturing)
        guard let reason = cre2_error(expression) else { return }
        // The reason quotes the pattern: as it was written, where that is refused as well.
        let written = Self.compile(source, for: .text, capturing: capturing)
        defer { cre2_free(written) }
        throw InvalidPattern(description: String(cString: cre2_error(written) ?? reason))
    }

    private static func compile(
        _ text: String, for subject: Subject, capturing: Bool
    ) -> OpaquePointer {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cre2_compile(
                    $0.baseAddress, $0.count, subject == .lines, subject == .lines, capturing,
                    memory)
            }
        }
    }

    /// Matches where one of `patterns` does, in one pass.
    package convenience init(
        anyOf patterns: [Pattern], for subject: Subject
    ) throws(InvalidPattern) {
        // A \Q that no \E ends would quote the end of its group.
        let alternatives = patterns.map {
            "(?:\($0.source)\($0.source.contains("\\Q") ? "\\E" : ""))"
        }
        try self.init(alternatives.joined(separator: "|"), for: subject)
    }

    deinit {
        cre2_free(expression)
    }

    /// 64 KiB are looked at within some 30 ms, whatever they are. Most of what is longer is as fast, but
    /// need not be: a text that needs more states than there is memory for costs a step for each
    /// instruction and byte.
    package var isShort: Bool { cre2_size(expression) <= 100 }

    package func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        matches(bytes, in: 0..<bytes.count)
    }

    /// Looks at a part; what lies around it says whether a line, a word or the text ends there.
    package func matches(_ bytes: UnsafeRawBufferPointer, in part: Range<Int>) -> Bool {
        cre2_matches(
            expression, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
            part.lowerBound, part.upperBound)
    }

    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
    }

    /// Where a pattern matches.
    package struct Match: Equatable {
        package let whole: Range<Int>
        /// What the first group matched; nil where there is none or the pattern does not capture.
        package let group: Range<Int>?
    }

    /// The first match in a part.
    package func find(_ bytes: UnsafeRawBufferPointer, in part: Range<Int>) -> Match? {
        var positions = [Int](repeating: -1, count: 4)
        let isFound = positions.withUnsafeMutableBufferPointer { buffer in
            buffer.withMemoryRebound(to: UInt.self) {
                cre2_find(
                    expression, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    bytes.count, part.lowerBound, part.upperBound, $0.baseAddress)
            }
        }
        guard isFound else { return nil }
        return Match(
            whole: positions[0]..<positions[1],
            group: positions[2] < 0 ? nil : positions[2]..<positions[3])
    }

    /// `\A` and `\z` as `^` and `$`, for a line is a text of its own.
    private static func withAnchorsOfLines(_ source: String) -> String {
        var result = ""
        var rest = source[...]
        var isQuoted = false
        while let character = rest.unicodeScalars.popFirst() {
            guard character == "\\", let escaped = rest.unicodeScalars.popFirst() else {
                result.unicodeScalars.append(character)
                continue
            }
            switch (escaped, isQuoted) {
            case ("A", false): result += "^"
            case ("z", false): result += "$"
            default:
                if escaped == "Q" { isQuoted = true }
                if escaped == "E" { isQuoted = false }
                result += "\\"
                result.unicodeScalars.append(escaped)
            }
        }
        return result
    }
}
