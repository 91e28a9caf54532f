import Testing

@testable import SigningCrypto

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
        let old = """
            -----BEGIN EC PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF

            AAAA
            -----END EC PRIVATE KEY-----
            """
        let der = try PrivateKey.generate().pkcs8
        for (text, expected) in [
            (text { _ = try PublicKey(ed25519: [1, 2]) }, "it has 2 bytes, not 32"),
            (
                text { _ = try PublicKey(p256Point: [4]) },
                "P-256 point: it is not 0x04 and 64 bytes"
            ),
            (text { _ = try PEMBlock.blocks(in: pem) }, "of another kind, and not base64"),
            (
                text { _ = try PEMBlock.blocks(in: old) },
                "a private key, encrypted in the old way; openssl pkcs8 -topk8 -in FILE changes that"
            ),
            (text { _ = try PrivateKey(pkcs8: der + [0]) }, "1 bytes follow its end"),
            (
                text { _ = try SecretBox(key: [1], nonce: [2]) },
                "secret box: a key of 1 bytes, a nonce of 1"
            ),
            (
                text { _ = try EncryptedKeyFile(json: encryptedKeyFile(cipher: "aes")) },
                "not a secretbox of NaCl"
            ),
        ] {
            #expect(text.contains(expected), "\(text)")
        }
    }

    @Test(
        "a list of certificate timestamps that does not end where it says is named",
        arguments: [
            // An OCTET STRING with a list of 2 bytes: an element of 9 bytes, of which there are none.
            ([0x04, 0x04, 0x00, 0x02, 0x00, 0x09], "it ends within an element"),
            // An element of version 1 with nothing but its version.
            ([0x04, 0x05, 0x00, 0x03, 0x00, 0x01, 0x00], "it has too few bytes or too many"),
        ])
    func certificateTimestamps(extensionValue: [UInt8], expected: String) {
        let text = text { _ = try SignedCertificateTimestamp.list(extensionValue) }
        #expect(text.contains(expected), "\(text)")
    }
}
