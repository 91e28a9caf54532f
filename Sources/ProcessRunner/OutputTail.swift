import CLinux
import Glibc
import OperatingSystem
package import Patterns

/// The last 1 MiB of a stream, for patterns to look at.
package final class OutputTail {
    private static let limit = 1 << 20
    /// As much as is looked at without a look around; a longer line in pieces that overlap.
    private static let piece = 1 << 16
    private static let overlap = 1 << 14

    private var bytes: [UInt8] = []
    /// The beginning of the first line of `bytes` is lost.
    private var isCut = false
    /// The lines without escape sequences, once somebody has asked for them.
    private var plainLines: [UInt8]?

    package init() {}

    func append(_ more: UnsafeRawBufferPointer) {
        plainLines = nil
        bytes.append(contentsOf: more)
        // Trimmed at twice the limit, so that each byte is moved once at most.
        if bytes.count > 2 * Self.limit {
            bytes.removeFirst(bytes.count - Self.limit)
            isCut = true
        }
    }

    /// True when a line of the tail matches. A line whose beginning was lost does not count,
    /// unless it is the only one.
    ///
    /// - Parameters:
    ///   - ignoringEscapes: What a terminal would act on (colours, titles) is left out first.
    ///   - goesOn: Asked every 64 KiB, and every 20 ms; once it is false nothing matches.
    package func contains(
        _ pattern: Pattern, ignoringEscapes: Bool = false, while goesOn: () -> Bool = { true }
    ) -> Bool {
        var isFound = false
        look(for: pattern, ignoringEscapes, while: goesOn) { bytes, part in
            pattern.matches(bytes, in: part)
        } _: {
            isFound = $0
            return !isFound
        }
        return isFound
    }

    /// The first line that matches, without its end; at most 64 KiB of it.
    package func firstLine(
        matching pattern: Pattern, ignoringEscapes: Bool = false,
        while goesOn: () -> Bool = { true }
    ) -> [UInt8]? {
        var line: [UInt8]?
        look(for: pattern, ignoringEscapes, while: goesOn) { bytes, part in
            pattern.find(bytes, in: part).map {
                Array(bytes[Self.line(around: $0.whole, bytes, part)])
            }
        } _: {
            line = $0
            return line == nil
        }
        return line
    }

    /// Calls `body` for each line that matches, with what the first group of the pattern matched, or
    /// without a group with the line from the match on; of a line only its first match.
    package func forEachMatch(
        of pattern: Pattern, ignoringEscapes: Bool = false, while goesOn: () -> Bool = { true },
        _ body: ([UInt8]) -> Void
    ) {
        look(for: pattern, ignoringEscapes, while: goesOn) { bytes, part in
            var texts: [[UInt8]] = []
            var start = part.lowerBound
            while start < part.upperBound,
                let match = pattern.find(bytes, in: start..<part.upperBound)
            {
                let line = Self.line(around: match.whole, bytes, part)
                let text = match.group ?? match.whole.lowerBound..<line.upperBound
                texts.append(Array(bytes[text]))
                start = line.upperBound + 1
            }
            return texts
        } _: {
            $0.forEach(body)
            return true
        }
    }

    private func withText(
        _ ignoringEscapes: Bool, _ body: (UnsafeRawBufferPointer, _ start: Int) -> Void
    ) {
        let (lines, start) = lines
        guard ignoringEscapes else { return lines.withUnsafeBytes { body($0, start) } }
        let plain = plainLines ?? withoutEscapes(lines)
        plainLines = plain
        plain.withUnsafeBytes { body($0, start) }
    }

    private static func line(
        around match: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ part: Range<Int>
    ) -> Range<Int> {
        let start = lastNewline(in: bytes, part.lowerBound..<match.lowerBound).map { $0 + 1 }
        let end = bytes[match.upperBound..<part.upperBound].firstIndex(of: newline)
        return (start ?? part.lowerBound)..<(end ?? part.upperBound)
    }

    /// The lines of the tail, and where to look from: of the end of a single line the first byte only shows
    /// that the line does not begin behind it.
    private var lines: (bytes: ArraySlice<UInt8>, start: Int) {
        let tail = bytes.suffix(Self.limit)
        guard isCut || tail.count < bytes.count else { return (tail, 0) }
        guard let newline = tail.dropLast().firstIndex(of: newline) else { return (tail, 1) }
        return (tail[(newline + 1)...], 0)
    }

    /// Asks `question` of one part of the text after the other, until `body` has its answer and returns
    /// false. What a long pattern may take on one part is waited for only as long as `goesOn`.
    private func look<Answer: Sendable>(
        for pattern: Pattern, _ ignoringEscapes: Bool, while goesOn: () -> Bool,
        _ question: @escaping @Sendable (UnsafeRawBufferPointer, Range<Int>) -> Answer,
        _ body: (Answer) -> Bool
    ) {
        withText(ignoringEscapes) { bytes, start in
            Self.look(at: bytes, from: start, while: goesOn) { part in
                if pattern.isShort { return body(question(bytes, part)) }
                // With a byte on either side, for what lies around a part counts.
                let before = max(part.lowerBound - 1, 0)
                let copy = Array(bytes[before..<min(part.upperBound + 1, bytes.count)])
                let place = part.lowerBound - before..<part.upperBound - before
                let answer = leavable(while: goesOn) {
                    copy.withUnsafeBytes { question($0, place) }
                }
                return answer.map(body) ?? false
            }
        }
    }

    /// Hands out the parts that are looked at, until `body` returns false.
    private static func look(
        at bytes: UnsafeRawBufferPointer, from first: Int, while goesOn: () -> Bool,
        _ body: (Range<Int>) -> Bool
    ) {
        if bytes.isEmpty { return }
        // The end of the last line begins no other.
        let count = bytes.last == newline ? bytes.count - 1 : bytes.count
        var start = min(first, count)
        repeat {
            guard goesOn() else { return }
            var end = min(start + piece, count)
            var next = end
            if end < count {
                if let last = lastNewline(in: bytes, start..<end) {
                    end = last
                    next = last + 1
                } else {
                    next = end - overlap
                }
            }
            if !body(start..<end) { return }
            start = next
        } while start < count
    }
}

private let newline = UInt8(ascii: "\n")

/// The bytes without the control sequences of a terminal.
///
/// Source: ECMA-48, 5.3 and 5.4: ESC, intermediate bytes, a final byte; ESC [ with parameters; and the
/// strings that ESC ] begins and BEL or ESC \ ends.
func withoutEscapes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let escape: UInt8 = 0x1B
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes
    while let start = position(of: escape, in: rest) {
        plain += rest[..<start]
        rest = rest[(start + 1)...]
        switch rest.first {
        case UInt8(ascii: "["):
            rest = rest.dropFirst().drop { 0x20...0x3F ~= $0 }
            if let final = rest.first, 0x40...0x7E ~= final { rest = rest.dropFirst() }
        case UInt8(ascii: "]"):
            rest = rest.drop { $0 != 0x07 && $0 != escape && $0 != newline }
            if rest.first == 0x07 { rest = rest.dropFirst() }
        default:
            rest = rest.drop { 0x20...0x2F ~= $0 }
            if let final = rest.first, 0x30...0x7E ~= final { rest = rest.dropFirst() }
        }
    }
    return plain + rest
}

private func lastNewline(in bytes: UnsafeRawBufferPointer, _ part: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress,
        let found = last_byte(base + part.lowerBound, Int32(newline), part.count)
    else { return nil }
    return found - base
}

private func position(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress,
            let found = memchr(base, Int32(byte), buffer.count)
        else { return nil }
        return bytes.startIndex + (UnsafeRawPointer(found) - base)
    }
}
