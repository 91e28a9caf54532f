import SigningCrypto
import Testing

@Suite struct TextEncodingTests {
    @Test("hexadecimal is read in either case and written in lower case")
    func hex() {
        #expect([UInt8](hex: "00aBfF") == [0x00, 0xAB, 0xFF])
        #expect([0x00, 0xAB, 0xFF].hex == "00abff")
        #expect([UInt8](hex: "") == [])
    }

    @Test(
        "what is not pairs of digits is not hexadecimal", arguments: ["0", "0g", " 00", "é", "０0"])
    func notHex(text: String) {
        #expect([UInt8](hex: text) == nil)
    }

    @Test("base64 is read back as it was written", arguments: [0, 1, 2, 3, 64, 1000])
    func base64(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151) }

        #expect([UInt8](base64: bytes.base64) == bytes)
    }

    @Test(
        "base64 in any but its canonical spelling is refused",
        arguments: [
            "QQ", "QQ=", "QQ===", "QR==", "Q Q=", "QQ==\n", "-_==", "QQ==QQ==", "=", "é===",
        ])
    func notBase64(text: String) {
        #expect([UInt8](base64: text) == nil)
    }

    @Test("a PEM block is written in lines of 64 characters")
    func pemLines() throws {
        let block = PEMBlock(label: "X", bytes: [UInt8](repeating: 0, count: 49))
        let lines = [
            "-----BEGIN X-----", String(repeating: "A", count: 64), "AA==", "-----END X-----", "",
        ]

        #expect(block.text == lines.joined(separator: "\n"))
        #expect(try PEMBlock.blocks(in: block.text) == [block])
    }

    @Test("text around the blocks is skipped, and lines may end as they do on Windows")
    func pemText() throws {
        let text =
            "about A\r\n-----BEGIN A-----\r\nAQ==\r\n-----END A-----\r\n-----BEGIN B-----\n"
            + "-----END B-----"

        #expect(
            try PEMBlock.blocks(in: text) == [
                PEMBlock(label: "A", bytes: [1]), PEMBlock(label: "B", bytes: []),
            ])
    }

    @Test(
        "a PEM block that does not end, or is not base64, is an error",
        arguments: [
            "-----BEGIN A-----\nAQ==", "-----BEGIN A-----\nAQ==\n-----END B-----",
            "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nAQ==\n-----END A-----",
            "-----BEGIN A-----\nAQ=\n-----END A-----",
        ])
    func brokenPEM(text: String) {
        #expect(throws: CryptoError.self) { try PEMBlock.blocks(in: text) }
    }
}
