import Testing

@testable import SigningCrypto

@Suite struct SecretBoxTests {
    private static func bytes(_ hex: String) throws -> [UInt8] {
        try #require([UInt8](hex: hex))
    }

    /// NaCl's own test of `crypto_secretbox`, longer than two blocks of the cipher.
    @Test("NaCl's own box comes out byte for byte, and opens")
    func vector() throws {
        let key = try Self.bytes("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389")
        let nonce = try Self.bytes("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37")
        let text = try Self.bytes(
            "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a"
                + "1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057"
                + "e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040"
                + "e082f937763848645e0705")
        let sealed = try Self.bytes(
            "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4"
                + "476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738"
                + "b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de"
                + "56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5")
        let box = try SecretBox(key: key, nonce: nonce)

        #expect(try box.seal(text) == sealed)
        #expect(try box.open(sealed) == text)
    }

    @Test("a box with any bit changed, or cut short, does not open")
    func changed() throws {
        let box = try SecretBox(
            key: [UInt8](repeating: 1, count: 32), nonce: [UInt8](repeating: 2, count: 24))
        let sealed = try box.seal([1, 2, 3])

        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x10
            #expect(throws: CryptoError.wrongPassword) { try box.open(changed) }
            #expect(throws: CryptoError.wrongPassword) {
                try box.open(Array(sealed.prefix(index)))
            }
        }
    }

    @Test("a key or a nonce of another length is refused")
    func lengths() {
        #expect(throws: CryptoError.self) { try SecretBox(key: [], nonce: []) }
        #expect(throws: CryptoError.self) {
            try SecretBox(key: [UInt8](repeating: 1, count: 32), nonce: [1])
        }
    }
}
