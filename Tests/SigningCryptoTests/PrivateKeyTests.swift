import SigningCrypto
import Testing

@Suite struct PrivateKeyTests {
    private typealias Fixtures = PrivateKeyFixtures

    private let message = Array("retry-run".utf8)

    static let schemes: [(KeyKind, [SignatureScheme])] = [
        (.ecdsa(.p256), [.ecdsa(.sha256)]),
        (.ecdsa(.p384), [.ecdsa(.sha384), .ecdsa(.sha256)]),
        (.ecdsa(.p521), [.ecdsa(.sha512), .ecdsa(.sha256)]),
        (.rsa(bits: 2048), [.rsaPKCS1(.sha256), .rsaPSS(.sha256), .rsaPSS(.sha512)]),
        (.ed25519, [.ed25519]),
    ]

    @Test("a fresh key signs messages and digests that its public key accepts", arguments: schemes)
    func signatures(kind: KeyKind, schemes: [SignatureScheme]) throws {
        let key = try PrivateKey.generate(kind)
        #expect(key.publicKey.kind == kind)

        for scheme in schemes {
            let signature = try key.sign(message: message, scheme: scheme)
            #expect(key.publicKey.isValid(signature, ofMessage: message, scheme: scheme))
            if let hash = scheme.hash {
                let digest = Digest(of: message, using: hash)
                let signature = try key.sign(digest, scheme: scheme)
                #expect(key.publicKey.isValid(signature, of: digest, scheme: scheme))
            }
        }
    }

    @Test("keys are fresh every time")
    func fresh() throws {
        #expect(try PrivateKey.generate().publicKey != PrivateKey.generate().publicKey)
    }

    @Test("a scheme of another kind of key, or a digest of another hash, is refused")
    func otherScheme() throws {
        let key = try PrivateKey.generate()
        let digest = Digest(of: message)

        #expect(
            throws: CryptoError.unsupported("signature", found: "Ed25519 by ECDSA P-256")
        ) {
            try key.sign(message: message, scheme: .ed25519)
        }
        for scheme in [SignatureScheme.ed25519, .rsaPSS(.sha256), .ecdsa(.sha384)] {
            #expect {
                try key.sign(digest, scheme: scheme)
            } throws: { error in
                guard case .unsupported("signature", _)? = error as? CryptoError else {
                    return false
                }
                return true
            }
        }
    }

    @Test("a key is written in PKCS#8 and read back", arguments: schemes)
    func pkcs8(kind: KeyKind, schemes: [SignatureScheme]) throws {
        let key = try PrivateKey.generate(kind)

        #expect(try PrivateKey(pem: key.pem) { [] }.publicKey == key.publicKey)
        #expect(try PrivateKey(pkcs8: key.pkcs8).publicKey == key.publicKey)
    }

    @Test(
        "every form of a key is read, and is the same key",
        arguments: [
            ("", "p256", "p256"), ("", "p521", "p521"), ("", "rsa", "rsa"),
            ("", "ed25519", "ed25519"), ("", "p256InOldForm", "p256"), ("", "rsaInOldForm", "rsa"),
            (
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
                "p256InOldForm", "p256"
            ),
        ])
    func forms(before: String, name: String, publicName: String) throws {
        let key = try PrivateKey(pem: before + Fixtures.pem(name)) {
            Issue.record("a password was asked for")
            return []
        }

        #expect(try key.publicKey.pem == SignatureFixtures.pem(publicName))
    }

    @Test(
        "a key encrypted by PBES2 opens with its password, and with no other",
        arguments: ["encrypted", "encryptedWithScrypt"])
    func encrypted(name: String) throws {
        let pem = try Fixtures.pem(name)

        #expect(
            try PrivateKey(pem: pem) { Array("secret".utf8) }.publicKey.pem
                == SignatureFixtures.pem("p256"))
        #expect(throws: CryptoError.wrongPassword) { try PrivateKey(pem: pem) { [] } }
        #expect(throws: CryptoError.wrongPassword) {
            try PrivateKey(pem: pem) { Array("secret\n".utf8) }
        }
    }

    @Test("what the password cannot be read for is what is reported")
    func noPassword() {
        struct NoTerminal: Error {}

        #expect(throws: NoTerminal.self) {
            try PrivateKey(pem: Fixtures.pem("encrypted")) { throw NoTerminal() }
        }
    }

    @Test("a key encrypted in an older way is not supported, and neither is a text without a key")
    func unsupported() throws {
        for pem in try [
            Fixtures.pem("encryptedInOldWay"), Fixtures.pem("encryptedWithoutStandard"),
            SignatureFixtures.pem("p256"),
            "", PEMBlock(label: "PRIVATE KEY", bytes: [0x30, 0x00]).text,
            PEMBlock(label: "EC PRIVATE KEY", bytes: []).text,
        ] {
            #expect("\(pem)") {
                try PrivateKey(pem: pem) { Array("secret".utf8) }
            } throws: { error in
                switch error as? CryptoError {
                case .malformed, .unsupported: true
                default: false
                }
            }
        }
    }

    @Test(
        "a key file that asks for hours of work is refused at once",
        arguments: [
            "encryptedForHours", "encryptedForHoursWithScrypt", "encryptedForHoursWithOverflow",
        ])
    func cost(name: String) {
        #expect {
            try PrivateKey(pem: Fixtures.pem(name)) { [] }
        } throws: { error in
            guard case .unsupported("encrypted private key", _)? = error as? CryptoError else {
                return false
            }
            return true
        }
    }

    /// An EncryptedPrivateKeyInfo (RFC 5958 §3) of one block, by PBES2 with AES-256 in CBC mode.
    private func encrypted(_ derivation: [UInt8], _ numbers: [UInt32]) -> [UInt8] {
        func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            [tag, 0x81, UInt8(content.count)] + content
        }
        let parameters = numbers.map { number in
            // DER has no zero before a byte below 0x80.
            let bytes = withUnsafeBytes(of: number.bigEndian) { Array($0.drop { $0 == 0 }) }
            return der(0x02, bytes.first.map { $0 < 0x80 } ?? false ? bytes : [0] + bytes)
        }
        let scheme = [
            der(0x30, der(0x06, derivation) + der(0x30, der(0x04, [1]) + parameters.joined())),
            der(
                0x30,
                der(0x06, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A])
                    + der(0x04, [UInt8](repeating: 0, count: 16))),
        ]
        let pbes2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D]
        let algorithm = der(0x30, der(0x06, pbes2) + der(0x30, Array(scheme.joined())))
        return der(0x30, algorithm + der(0x04, [UInt8](repeating: 0, count: 16)))
    }

    @Test(
        "what a password may cost is what the errors say: up to it a key is tried, above it not",
        arguments: [
            ([2_000_000], nil), ([2_000_001], "more than 2 million iterations"),
            ([16384, 8, 1], nil), ([16384, 8, 32], nil), ([2, 1, 1], nil),
            ([16384, 8, 33], "scrypt with N × r × p above 2^22"),
            ([32768, 8, 1], "scrypt that takes more than 32 MiB"),
            ([2, 1, 1 << 20], "scrypt that takes more than 32 MiB"),
            ([1 << 21, 1, 1], "scrypt with N, r or p from 2^21 on"),
        ] as [([UInt32], String?)])
    func limits(numbers: [UInt32], flaw: String?) {
        let scrypt: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x04, 0x0B]
        let pbkdf2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C]
        let der = encrypted(numbers.count == 1 ? pbkdf2 : scrypt, numbers)
        let pem = PEMBlock(label: "ENCRYPTED PRIVATE KEY", bytes: der).text

        let expected =
            flaw.map { CryptoError.unsupported("encrypted private key", found: $0) }
            ?? .wrongPassword
        #expect(throws: expected) { try PrivateKey(pem: pem) { [1] } }
    }

    @Test("numbers that no derivation has are a malformed key, not a wrong password")
    func impossibleCost() {
        let scrypt: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x04, 0x0B]
        for numbers: [UInt32] in [
            [0, 8, 1], [1, 8, 1], [3, 8, 1], [16384, 0, 1], [16384, 8, 0],
        ] {
            let pem = PEMBlock(
                label: "ENCRYPTED PRIVATE KEY", bytes: encrypted(scrypt, numbers)
            ).text

            #expect {
                try PrivateKey(pem: pem) { [] }
            } throws: { error in
                if case .malformed? = error as? CryptoError { true } else { false }
            }
        }
    }

    @Test("a key cut short anywhere is an error")
    func truncation() throws {
        let pkcs8 = try #require(try PEMBlock.blocks(in: Fixtures.pem("p256")).first).bytes

        for count in pkcs8.indices {
            #expect(throws: CryptoError.self) { try PrivateKey(pkcs8: Array(pkcs8.prefix(count))) }
        }
        #expect(throws: CryptoError.self) { try PrivateKey(pkcs8: pkcs8 + [0]) }
    }

    @Test("random bytes are as many as asked for, and never the same")
    func random() throws {
        #expect(try randomBytes(16).count == 16)
        #expect(try randomBytes(0) == [])
        #expect(try randomBytes(16) != randomBytes(16))
    }
}
