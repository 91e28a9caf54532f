import CLinux
import Glibc
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
    ///   - goesOn: Asked every 64 KiB; once it is false nothing matches.
    package func contains(
        _ pattern: Pattern, ignoringEscapes: Bool = false, while goesOn: () -> Bool = { true }
    ) -> Bool {
        if ignoringEscapes {
            let plain = plainLines ?? withoutEscapes(lines)
            plainLines = plain
            return plain.withUnsafeBytes { Self.matches(pattern, $0, goesOn) }
        }
        return lines.withUnsafeBytes { Self.matches(pattern, $0, goesOn) }
    }

    private var lines: ArraySlice<UInt8> {
        let tail = bytes.suffix(Self.limit)
        guard isCut || tail.count < bytes.count,
            let newline = tail.dropLast().firstIndex(of: newline)
        else { return tail }
        return tail[(newline + 1)...]
    }

    private static func matches(
        _ pattern: Pattern, _ bytes: UnsafeRawBufferPointer, _ goesOn: () -> Bool
    ) -> Bool {
        // The end of the last line begins no other.
        let count = bytes.last == newline ? bytes.count - 1 : bytes.count
        var start = 0
        repeat {
            guard goesOn() else { return false }
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
            if pattern.matches(bytes, in: start..<end) { return true }
            start = next
        } while start < count
        return false
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
