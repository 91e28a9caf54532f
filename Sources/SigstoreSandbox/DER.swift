import SigningCrypto

/// Writes the Distinguished Encoding Rules of ASN.1 (X.690), as far as certificates and timestamps
/// need them.
enum DER {
    static func sequence(_ elements: [UInt8]...) -> [UInt8] { tagged(0x30, elements.joined()) }

    static func sequence(of elements: [[UInt8]]) -> [UInt8] { tagged(0x30, elements.joined()) }

    /// X.690 §11.6: the elements of a set stand in the order of their encodings.
    static func set(of elements: [[UInt8]]) -> [UInt8] {
        tagged(0x31, elements.sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }

    static func boolean(_ value: Bool) -> [UInt8] { tagged(0x01, [value ? 0xFF : 0]) }

    static func integer(_ value: UInt32) -> [UInt8] {
        integer(magnitude: bigEndian(value, count: 4))
    }

    /// A number that is not negative, from its bytes in big-endian order.
    static func integer(magnitude: [UInt8]) -> [UInt8] {
        let digits = magnitude.drop { $0 == 0 }
        guard let first = digits.first else { return tagged(0x02, [0]) }
        return tagged(0x02, first < 0x80 ? Array(digits) : [0] + digits)
    }

    static func octets(_ bytes: [UInt8]) -> [UInt8] { tagged(0x04, bytes) }

    /// A bit string of whole bytes.
    static func bits(_ bytes: [UInt8]) -> [UInt8] { tagged(0x03, [0] + bytes) }

    static let null: [UInt8] = [0x05, 0x00]

    static func utf8(_ text: String) -> [UInt8] { tagged(0x0C, text.utf8) }

    /// An object identifier from its dotted form (X.690 §8.19).
    static func identifier(_ dotted: String) -> [UInt8] {
        let arcs = dotted.split(separator: ".").compactMap { UInt64($0) }
        precondition(arcs.count >= 2, "an object identifier has two arcs or more")
        let joined = [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)
        return tagged(0x06, joined.flatMap(base128))
    }

    private static func base128(_ arc: UInt64) -> [UInt8] {
        var digits = [UInt8(arc & 0x7F)]
        var rest = arc >> 7
        while rest > 0 {
            digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return digits
    }

    /// `[number]` around whole values.
    static func explicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        tagged(0xA0 | number, content)
    }

    /// A value's tag and length before its content (X.690 §8.1).
    static func tagged(_ tag: UInt8, _ content: some Sequence<UInt8>) -> [UInt8] {
        let content = Array(content)
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        let length = bigEndian(content.count, count: 8).drop { $0 == 0 }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
