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

    /// `sha256:…`
    package var label: String { "\(algorithm.rawValue):\(hex)" }

    /// Reads a label; nil for any other text, also for digits in upper case.
    package init?(label: String) {
        let parts = label.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let algorithm = HashAlgorithm(rawValue: String(parts[0])),
            let bytes = [UInt8](hex: String(parts[1])), bytes.hex == parts[1]
        else { return nil }
        self.init(algorithm: algorithm, bytes: bytes)
    }
}

/// As its label.
extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(label: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a digest such as sha256:HEX")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(label)
    }
}
