/// Reads the presentation language of TLS (RFC 8446 §3): big-endian numbers, and vectors that a
/// number of their bytes comes before.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next `count` bytes; nil when there are fewer, and then nothing is read.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func integer<Integer: FixedWidthInteger & UnsignedInteger>(
        _ type: Integer.Type
    ) -> Integer? {
        bytes(Integer.bitWidth / 8).map { Integer(bigEndianBytes: $0) }
    }

    /// `opaque vector<0..2^16-1>`.
    mutating func vector() -> [UInt8]? {
        integer(UInt16.self).flatMap { bytes(Int($0)) }
    }
}

/// The big-endian bytes of an integer, `count` of them.
package func bigEndian(_ value: some FixedWidthInteger, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
}

extension FixedWidthInteger {
    /// - Parameter bytes: No more than the integer has.
    package init(bigEndianBytes bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self($1) }
    }

    package var bigEndianBytes: [UInt8] {
        SigningCrypto.bigEndian(self, count: Self.bitWidth / 8)
    }
}
