import Testing

@testable import OperatingSystem

@Suite("Names of files")
struct FileNameTests {
    @Test(
        "a name gives back the bytes that it was made of",
        arguments: [
            [], Array("app".utf8), Array("grüße".utf8), [0x67, 0xFC, 0xDF], [0xFF], [0xC3],
            [0x80, 0x41], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF0, 0x9F, 0x92],
            // The scalars that stand for single bytes.
            Array("\u{10FF80}\u{10FFFF}\u{10FF7F}".utf8), [0xF4, 0x8F, 0xBF, 0xBF, 0xBF],
        ] as [[UInt8]])
    func roundTrip(bytes: [UInt8]) {
        #expect(String(fileName: bytes).fileNameBytes == bytes)
    }

    @Test("a name that is UTF-8 is that text")
    func plain() {
        #expect(String(fileName: Array("grüße.tar".utf8)) == "grüße.tar")
    }
}
