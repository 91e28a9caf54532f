/// A JSON text that was read to its end, and what stands where in it.
///
/// The values are in the order of the text. Behind an object come its members, each a string and a
/// value; behind an array its elements.
final class JSONDocument: Sendable {
    let text: [UInt8]
    let tokens: [JSONToken]

    init(text: [UInt8], tokens: [JSONToken]) {
        self.text = text
        self.tokens = tokens
    }
}

/// One value of a document.
struct JSONToken {
    enum Kind: UInt8 {
        case null, bool, number, string, array, object
    }

    let kind: Kind
    /// Of a string: whether it has escapes.
    var isEscaped = false
    /// Of the first byte, which may be a quote or a bracket.
    let start: UInt32
    /// Of the byte after the last.
    var end: UInt32 = 0
    /// The number of the token after this one and all that it contains.
    var next: UInt32 = 0

    var range: Range<Int> { Int(start)..<Int(end) }
}

extension JSONDocument {
    /// The bytes of a string without its quotes, escapes resolved.
    func bytes(ofString token: JSONToken) -> ArraySlice<UInt8> {
        let content = text[(Int(token.start) + 1)..<(Int(token.end) - 1)]
        return token.isEscaped ? content.unescaped[...] : content
    }
}

extension ArraySlice<UInt8> {
    /// Without escapes: the reader has seen that they are right.
    var unescaped: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var rest = self
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch kind {
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "u"):
                var units = [rest.popCodeUnit()]
                if UTF16.isLeadSurrogate(units[0]) {
                    rest.removeFirst(2)
                    units.append(rest.popCodeUnit())
                }
                bytes += String(decoding: units, as: UTF16.self).utf8
            default: bytes.append(kind)
            }
        }
        return bytes
    }

    private mutating func popCodeUnit() -> UInt16 {
        let digits = prefix(4)
        removeFirst(4)
        return digits.reduce(0) { $0 << 4 | UInt16($1.hexDigit ?? 0) }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
