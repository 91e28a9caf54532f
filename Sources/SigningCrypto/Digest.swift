/// What a hash function made of some bytes.
package struct Digest: Hashable, Sendable {
    package let algorithm: HashAlgorithm
    package let bytes: [UInt8]

    /// A digest that was computed elsewhere; nil when its length is not the algorithm's.
    package init?(algorithm: HashAlgorithm, bytes: [UInt8]) {
        guard bytes.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    package init(of bytes: [UInt8], using algorithm: HashAlgorithm = .sha256) {
        let stream = DigestStream(algorithm)
        stream.update(bytes)
        self = stream.finish()
    }

    /// For `DigestStream`, whose bytes have the right length.
    init(computed bytes: [UInt8], by algorithm: HashAlgorithm) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    package var hex: String { bytes.hex }
}
