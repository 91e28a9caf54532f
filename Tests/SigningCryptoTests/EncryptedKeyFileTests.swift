import SigningCrypto
import Testing

/// A file that cosign's own tests hold: a JSON string of 22 bytes under "supersecret".
func encryptedKeyFile(
    cost: Int = 32768, blockSize: Int = 8, parallelization: Int = 1,
    derivation: String = "scrypt", cipher: String = "nacl/secretbox",
    nonce: String = "tCy7HcTFr4uxv4Nrg/DWmncuZ148U1MX",
    ciphertext: String = "08n43p5G5yviPEZpO7tPPF4aZQkWiWjkv4taFdhDBA0tamKH4nw="
) -> [UInt8] {
    let parameters = #"{"N":\#(cost),"r":\#(blockSize),"p":\#(parallelization)}"#
    let salt = "WO3mVvyTwJ9vwT5/Tk5OW5WPIBUofMjcpEfrLnfY4uA="
    return Array(
        #"""
        {"kdf":{"name":"\#(derivation)","params":\#(parameters),"salt":"\#(salt)"},
        "cipher":{"name":"\#(cipher)","nonce":"\#(nonce)"},"ciphertext":"\#(ciphertext)"}
        """#.utf8)
}

@Suite struct EncryptedKeyFileTests {
    private let password = Array("supersecret".utf8)

    @Test("a file of another client opens")
    func otherClient() throws {
        #expect(
            try EncryptedKeyFile(json: encryptedKeyFile()).opened(by: password)
                == Array("\"cmVhbGx5aW1wb3J0YW50\"".utf8))
    }

    @Test("a wrong password and a changed file are the same: it does not open")
    func wrongPassword() throws {
        let flipped = "08n43p5G5yviPEZpO7tPPF4aZQkWiWjkv4taFdhDBA0tamKH4nw="
        let short = "08n43p5G5yviPEZpO7tP"

        #expect(throws: CryptoError.wrongPassword) {
            try EncryptedKeyFile(json: encryptedKeyFile()).opened(by: [])
        }
        for ciphertext in [flipped.replacing("08n4", with: "08n5"), short, ""] {
            #expect(throws: CryptoError.wrongPassword) {
                try EncryptedKeyFile(json: encryptedKeyFile(ciphertext: ciphertext))
                    .opened(by: password)
            }
        }
        #expect(throws: CryptoError.wrongPassword) {
            try EncryptedKeyFile(json: encryptedKeyFile(cost: 65536)).opened(by: password)
        }
    }

    @Test(
        "other costs, derivations and ciphers are refused before any work is done",
        arguments: [
            encryptedKeyFile(cost: 1 << 30), encryptedKeyFile(cost: 32767),
            encryptedKeyFile(cost: -1), encryptedKeyFile(blockSize: 16),
            encryptedKeyFile(parallelization: 2), encryptedKeyFile(derivation: "argon2"),
            encryptedKeyFile(cipher: "aes"),
        ])
    func unsupported(json: [UInt8]) {
        #expect {
            try EncryptedKeyFile(json: json)
        } throws: { error in
            guard case .unsupported? = error as? CryptoError else { return false }
            return true
        }
    }

    @Test("a file that is not one is an error")
    func malformed() throws {
        let json = encryptedKeyFile()

        for text in [[], json.dropLast(), json + [0x7D], Array("{}".utf8)] {
            #expect(throws: CryptoError.self) { try EncryptedKeyFile(json: Array(text)) }
        }
        #expect(throws: CryptoError.self) {
            try EncryptedKeyFile(json: encryptedKeyFile(nonce: "*"))
        }
        #expect(throws: CryptoError.self) {
            try EncryptedKeyFile(json: encryptedKeyFile(nonce: "AAAA")).opened(by: password)
        }
    }

    @Test(
        "a key that is sealed opens again, with an empty password too", arguments: ["", "secret"])
    func roundTrip(password: String) throws {
        let key = try PrivateKey.generate()
        let file = try EncryptedKeyFile(sealing: key.pkcs8, password: Array(password.utf8))
        let pem = file.pem
        let oldPEM = pem.replacing(EncryptedKeyFile.label, with: EncryptedKeyFile.oldLabel)

        #expect(pem.hasPrefix("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"))
        #expect(oldPEM.hasPrefix("-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\n"))
        for pem in [pem, oldPEM] {
            #expect(
                try PrivateKey(pem: pem) { Array(password.utf8) }.publicKey == key.publicKey)
            #expect(throws: CryptoError.wrongPassword) { try PrivateKey(pem: pem) { [1] } }
        }
    }

    @Test("a box that holds something else than a key is an error")
    func notAKey() throws {
        let pem = PEMBlock(label: EncryptedKeyFile.label, bytes: encryptedKeyFile()).text

        #expect {
            try PrivateKey(pem: pem) { password }
        } throws: { error in
            guard case .malformed("private key", _)? = error as? CryptoError else { return false }
            return true
        }
    }

    @Test("no two files have the same salt or nonce")
    func fresh() throws {
        #expect(
            try EncryptedKeyFile(sealing: [1], password: [])
                != EncryptedKeyFile(sealing: [1], password: []))
    }
}
