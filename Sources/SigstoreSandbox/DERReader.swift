import SigningCrypto

/// One value in DER: its tag, its content, and the bytes of both with the length.
struct DERValue: Equatable {
    let tag: UInt8
    let content: [UInt8]
    let encoding: [UInt8]
}

/// Reads values in DER one after the other (X.690 §8.1).
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next value; nil when no whole one is left. Tags of one byte are all that is known.
    mutating func value() -> DERValue? {
        guard rest.count >= 2, let tag = rest.first, tag & 0x1F != 0x1F else { return nil }
        let first = rest[rest.startIndex + 1]
        let lengthBytes = first < 0x80 ? 0 : Int(first & 0x7F)
        guard first != 0x80, lengthBytes <= 4, rest.count >= 2 + lengthBytes else { return nil }
        let length =
            first < 0x80
            ? Int(first) : Int(bigEndianBytes: rest.dropFirst(2).prefix(lengthBytes))
        let header = 2 + lengthBytes
        guard rest.count - header >= length else { return nil }
        let encoding = Array(rest.prefix(header + length))
        rest = rest.dropFirst(header + length)
        return DERValue(tag: tag, content: Array(encoding.dropFirst(header)), encoding: encoding)
    }

    /// The next value if it has that tag; otherwise nil, and nothing is read.
    mutating func value(_ tag: UInt8) -> DERValue? {
        rest.first == tag ? value() : nil
    }

    /// The content of the next value if that is a sequence.
    mutating func sequence() -> DERReader? {
        value(0x30).map { DERReader($0.content) }
    }
}
