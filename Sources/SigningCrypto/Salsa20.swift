/// The stream cipher Salsa20 with 20 rounds and a key of 32 bytes.
///
/// Source: Daniel J. Bernstein, "The Salsa20 family of stream ciphers", 2007.
struct Salsa20 {
    private let key: [UInt32]
    private let nonce: [UInt32]

    /// `nonce` has 8 bytes.
    init(key: [UInt8], nonce: [UInt8]) {
        self.key = Self.words(key)
        self.nonce = Self.words(nonce)
    }

    /// The bytes, each combined with its byte of the key stream: encrypts and decrypts.
    func combined(with bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, start) in stride(from: 0, to: bytes.count, by: 64).enumerated() {
            let counter = UInt64(index)
            let input = Self.matrix(
                key: key,
                nonce + [UInt32(truncatingIfNeeded: counter), UInt32(counter >> 32)])
            let block = zip(Self.rounds(input), input).map { $0 &+ $1 }
            let part = bytes[start..<min(start + 64, bytes.count)]
            result += zip(part, Self.bytes(block)).map { $0 ^ $1 }
        }
        return result
    }

    /// HSalsa20: a key of its own for the first 16 bytes of XSalsa20's nonce.
    static func derivedKey(key: [UInt8], nonce: [UInt8]) -> [UInt8] {
        let output = rounds(matrix(key: words(key), words(nonce)))
        return bytes([0, 5, 10, 15, 6, 7, 8, 9].map { output[$0] })
    }

    /// The sixteen words that go in, `input` the four in the middle.
    private static func matrix(key: [UInt32], _ input: [UInt32]) -> [UInt32] {
        let constant = words(Array("expand 32-byte k".utf8))
        return [constant[0]] + key[..<4] + [constant[1]] + input + [constant[2]] + key[4...]
            + [constant[3]]
    }

    /// Ten times the columns and the rows.
    private static func rounds(_ input: [UInt32]) -> [UInt32] {
        var words = input
        func quarterRound(_ a: Int, _ b: Int, _ c: Int, _ d: Int) {
            words[b] ^= rotated(words[a] &+ words[d], by: 7)
            words[c] ^= rotated(words[b] &+ words[a], by: 9)
            words[d] ^= rotated(words[c] &+ words[b], by: 13)
            words[a] ^= rotated(words[d] &+ words[c], by: 18)
        }
        for _ in 0..<10 {
            quarterRound(0, 4, 8, 12)
            quarterRound(5, 9, 13, 1)
            quarterRound(10, 14, 2, 6)
            quarterRound(15, 3, 7, 11)
            quarterRound(0, 1, 2, 3)
            quarterRound(5, 6, 7, 4)
            quarterRound(10, 11, 8, 9)
            quarterRound(15, 12, 13, 14)
        }
        return words
    }

    private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }

    private static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count, by: 4).map { start in
            UInt32(bigEndianBytes: bytes[start..<start + 4].reversed())
        }
    }

    private static func bytes(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
}
