import SigningCrypto
import Testing

@Suite struct PublicKeyTests {
    private typealias Fixtures = SignatureFixtures

    @Test(
        "a key is read as what it is, and written as it was",
        arguments: [
            (Fixtures.p256Key, KeyKind.ecdsa(.p256), SignatureScheme.ecdsa(.sha256)),
            (Fixtures.p384Key, .ecdsa(.p384), .ecdsa(.sha384)),
            (Fixtures.p521Key, .ecdsa(.p521), .ecdsa(.sha512)),
            (Fixtures.rsaKey, .rsa(bits: 2048), .rsaPKCS1(.sha256)),
            (Fixtures.ed25519Key, .ed25519, .ed25519),
        ])
    func kinds(pem: String, kind: KeyKind, scheme: SignatureScheme) throws {
        let key = try PublicKey(pem: pem)

        #expect(key.kind == kind)
        #expect(key.defaultScheme == scheme)
        #expect(key.pem == pem)
        #expect(try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo) == key)
    }

    @Test("an RSA key in PKCS#1 is the same key")
    func pkcs1() throws {
        let key = try PublicKey(pem: Fixtures.rsaPKCS1Key)
        let block = try #require(try PEMBlock.blocks(in: Fixtures.rsaPKCS1Key).first)

        #expect(try key == PublicKey(pem: Fixtures.rsaKey))
        #expect(try key == PublicKey(pkcs1: block.bytes))
    }

    @Test("the bare bytes of a key are the same key")
    func bareBytes() throws {
        let p256 = try PublicKey(pem: Fixtures.p256Key)
        let ed25519 = try PublicKey(pem: Fixtures.ed25519Key)

        #expect(try PublicKey(p256Point: p256.subjectPublicKeyInfo.suffix(65)) == p256)
        #expect(try PublicKey(ed25519: ed25519.subjectPublicKeyInfo.suffix(32)) == ed25519)
    }

    @Test("bare bytes that are no key are refused")
    func notBareBytes() {
        #expect(throws: CryptoError.self) {
            try PublicKey(ed25519: [UInt8](repeating: 1, count: 31))
        }
        #expect(throws: CryptoError.self) { try PublicKey(p256Point: []) }
        #expect(throws: CryptoError.self) {
            try PublicKey(p256Point: [4] + [UInt8](repeating: 1, count: 64))
        }
    }

    @Test(
        "a key that is too short, or on a curve of another kind, is not supported",
        arguments: [
            (Fixtures.rsa1024Key, "RSA of 1024 bits"),
            (Fixtures.secp256k1Key, "elliptic curve 1.3.132.0.10"),
            (Fixtures.explicitKey, "an elliptic curve without a name"),
        ])
    func unsupported(pem: String, found: String) {
        #expect(throws: CryptoError.unsupported("key", found: found)) { try PublicKey(pem: pem) }
    }

    @Test("bytes before the end or after it are an error, at every length")
    func truncation() throws {
        for pem in [Fixtures.p256Key, Fixtures.ed25519Key, Fixtures.rsaKey] {
            let bytes = try PublicKey(pem: pem).subjectPublicKeyInfo
            for count in bytes.indices {
                #expect(throws: CryptoError.self) {
                    try PublicKey(subjectPublicKeyInfo: Array(bytes.prefix(count)))
                }
            }
            #expect(throws: CryptoError.self) {
                try PublicKey(subjectPublicKeyInfo: bytes + [0])
            }
        }
    }

    @Test("a key in a longer spelling than DER's is refused")
    func notDER() throws {
        let bytes = try PublicKey(pem: Fixtures.ed25519Key).subjectPublicKeyInfo

        #expect(throws: CryptoError.malformed("public key", reason: "it is not DER")) {
            try PublicKey(subjectPublicKeyInfo: [0x30, 0x81] + bytes.dropFirst())
        }
    }

    @Test("a text with two keys, or with something else, is not a key")
    func oneBlock() {
        #expect(throws: CryptoError.self) {
            try PublicKey(pem: Fixtures.p256Key + Fixtures.p384Key)
        }
        #expect(throws: CryptoError.self) { try PublicKey(pem: "") }
        #expect(throws: CryptoError.unsupported("public key", found: "a PEM block that is of another kind")) {
            try PublicKey(pem: PEMBlock(label: "X", bytes: []).text)
        }
    }
}
