import SigningCrypto
import Testing

@Suite("What is said of keys that are none")
struct ErrorTextTests {
    private func text(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test("the reason is what is wrong with the bytes, and none of them")
    func texts() throws {
        let pem = "-----BEGIN A-----\n!\n-----END A-----\n"
        let der = try PrivateKey.generate().pkcs8
        for (text, expected) in [
            (text { _ = try PublicKey(ed25519: [1, 2]) }, "it has 2 bytes, not 32"),
            (
                text { _ = try PublicKey(p256Point: [4]) },
                "P-256 point: it is not 0x04 and 64 bytes"
            ),
            (text { _ = try PEMBlock.blocks(in: pem) }, "of another kind, and not base64"),
            (text { _ = try PrivateKey(pkcs8: der + [0]) }, "1 bytes follow its end"),
        ] {
            #expect(text.contains(expected), "\(text)")
        }
    }
}
