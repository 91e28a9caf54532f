import SigningCrypto
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4's own example: the three letters "abc".
    @Test(
        "a digest is the one that the standard gives",
        arguments: [
            (
                HashAlgorithm.sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            ),
            (
                .sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                    + "8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                .sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ])
    func examples(algorithm: HashAlgorithm, hex: String) {
        #expect(Digest(of: Array("abc".utf8), using: algorithm).hex == hex)
    }

    @Test("pieces give the digest of the whole, and the stream starts anew after it")
    func stream() {
        let stream = DigestStream()
        stream.update(Array("a".utf8))
        stream.update([])
        stream.update(Array("bc".utf8))

        #expect(stream.finish() == Digest(of: Array("abc".utf8)))
        #expect(stream.finish() == Digest(of: []))
    }

    @Test("a digest has the length of its algorithm", arguments: HashAlgorithm.allCases)
    func length(algorithm: HashAlgorithm) {
        let bytes = [UInt8](repeating: 1, count: algorithm.byteCount)

        #expect(Digest(algorithm: algorithm, bytes: bytes)?.bytes == bytes)
        #expect(Digest(algorithm: algorithm, bytes: bytes + [1]) == nil)
        #expect(Digest(algorithm: algorithm, bytes: bytes.dropLast()) == nil)
    }
}
