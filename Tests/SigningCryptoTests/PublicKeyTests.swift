import SigningCrypto
import Testing

@Suite struct PublicKeyTests {
    private typealias Fixtures = SignatureFixtures

    @Test(
        "a key is read as what it is, and written as it was",
        arguments: [
            ("p256", KeyKind.ecdsa(.p256), SignatureScheme.ecdsa(.sha256)),
            ("p384", .ecdsa(.p384), .ecdsa(.sha384)),
            ("p521", .ecdsa(.p521), .ecdsa(.sha512)),
            ("rsa", .rsa(bits: 2048), .rsaPKCS1(.sha256)),
            ("ed25519", .ed25519, .ed25519),
        ])
    func kinds(name: String, kind: KeyKind, scheme: SignatureScheme) throws {
        let key = try Fixtures.key(name)

        #expect(key.kind == kind)
        #expect(key.defaultScheme == scheme)
        #expect(try key.pem == Fixtures.pem(name))
        #expect(try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo) == key)
    }

    @Test("an RSA key in PKCS#1 is the same key")
    func pkcs1() throws {
        let key = try Fixtures.key("rsaPKCS1")
        let block = try #require(try PEMBlock.blocks(in: Fixtures.pem("rsaPKCS1")).first)

        #expect(try key == Fixtures.key("rsa"))
        #expect(try key == PublicKey(pkcs1: block.bytes))
    }

    @Test("the bare bytes of a key are the same key")
    func bareBytes() throws {
        let p256 = try Fixtures.key("p256")
        let ed25519 = try Fixtures.key("ed25519")

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
            ("rsa1024", "RSA of 1024 bits"),
            ("secp256k1", "elliptic curve 1.3.132.0.10"),
            ("explicit", "an elliptic curve without a name"),
        ])
    func unsupported(name: String, found: String) {
        #expect(throws: CryptoError.unsupported("key", found: found)) { try Fixtures.key(name) }
    }

    @Test("bytes before the end or after it are an error, at every length")
    func truncation() throws {
        for name in ["p256", "ed25519", "rsa"] {
            let bytes = try Fixtures.key(name).subjectPublicKeyInfo
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
        let bytes = try Fixtures.key("ed25519").subjectPublicKeyInfo

        #expect(throws: CryptoError.malformed("public key", reason: "it is not DER")) {
            try PublicKey(subjectPublicKeyInfo: [0x30, 0x81] + bytes.dropFirst())
        }
    }

    @Test("a text with two keys, or with something else, is not a key")
    func oneBlock() {
        #expect(throws: CryptoError.self) {
            try PublicKey(pem: Fixtures.pem("p256") + Fixtures.pem("p384"))
        }
        #expect(throws: CryptoError.self) { try PublicKey(pem: "") }
        let other = "a PEM block that is of another kind"
        #expect(throws: CryptoError.unsupported("public key", found: other)) {
            try PublicKey(pem: PEMBlock(label: "X", bytes: []).text)
        }
    }
}
