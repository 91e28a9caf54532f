import SigningCrypto
import Testing

@Suite struct TimestampRequestTests {
    /// RFC 3161 §2.4.1, put together by hand.
    private func expected(_ imprint: [UInt8], nonce: [UInt8]) -> [UInt8] {
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
            0x00,
        ]
        let message = [0x30, 0x31] + algorithm + [0x04, 0x20] + imprint
        let content =
            [0x02, 0x01, 0x01] + message + [0x02, UInt8(nonce.count)] + nonce + [0x01, 0x01, 0xFF]
        return [0x30, UInt8(content.count)] + content
    }

    @Test(
        "a request asks for a certificate too, and its nonce is never negative",
        arguments: [
            ([0x7F, 0x01], [0x7F, 0x01]), ([0x80, 0x01], [0x00, 0x80, 0x01]),
            ([0x00, 0x05], [0x05]),
            ([], [0x00]),
        ] as [([UInt8], [UInt8])])
    func request(nonce: [UInt8], written: [UInt8]) throws {
        let imprint = Digest(of: Array("retry-run".utf8))

        let request = try TimestampRequest(imprint: imprint, nonce: nonce)

        #expect(request.der == expected(imprint.bytes, nonce: written))
    }
}
