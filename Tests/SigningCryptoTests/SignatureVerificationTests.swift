import SigningCrypto
import Testing

@Suite struct SignatureVerificationTests {
    private typealias Fixtures = SignatureFixtures

    struct Case: CustomTestStringConvertible {
        let name: String
        let keyName: String
        let scheme: SignatureScheme

        var testDescription: String { name }

        var key: PublicKey { get throws { try Fixtures.key(keyName) } }

        var signature: [UInt8] { get throws { try Fixtures.signature(name) } }
    }

    static let cases = [
        Case(name: "p256", keyName: "p256", scheme: .ecdsa(.sha256)),
        Case(name: "p384", keyName: "p384", scheme: .ecdsa(.sha384)),
        Case(name: "p384WithSHA256", keyName: "p384", scheme: .ecdsa(.sha256)),
        Case(name: "p521", keyName: "p521", scheme: .ecdsa(.sha512)),
        Case(name: "rsaPKCS1", keyName: "rsa", scheme: .rsaPKCS1(.sha256)),
        Case(name: "rsaPKCS1WithSHA512", keyName: "rsa", scheme: .rsaPKCS1(.sha512)),
        Case(name: "rsaPSS", keyName: "rsa", scheme: .rsaPSS(.sha256)),
        Case(name: "rsaPSSWithLongestSalt", keyName: "rsa", scheme: .rsaPSS(.sha256)),
        Case(name: "ed25519", keyName: "ed25519", scheme: .ed25519),
    ]

    @Test("a signature of the message is valid", arguments: cases)
    func valid(test: Case) throws {
        let key = try test.key

        #expect(try key.isValid(test.signature, ofMessage: Fixtures.message, scheme: test.scheme))
        if let hash = test.scheme.hash {
            let digest = Digest(of: Fixtures.message, using: hash)
            #expect(try key.isValid(test.signature, of: digest, scheme: test.scheme))
        }
    }

    @Test("a signature of another message is not valid", arguments: cases)
    func otherMessage(test: Case) throws {
        let key = try test.key

        #expect(try !key.isValid(test.signature, ofMessage: [], scheme: test.scheme))
    }

    @Test(
        "a signature with one bit changed, one byte less or one more is not valid", arguments: cases
    )
    func changedSignature(test: Case) throws {
        let key = try test.key
        let original = try test.signature
        var flipped = original
        flipped[flipped.count - 1] ^= 1

        for signature in [[], flipped, original.dropLast(), original + [0]] {
            #expect(!key.isValid(signature, ofMessage: Fixtures.message, scheme: test.scheme))
        }
    }

    @Test("a signature is valid under its own scheme and key only", arguments: cases)
    func otherScheme(test: Case) throws {
        let signature = try test.signature
        for other in Self.cases where other.keyName != test.keyName || other.scheme != test.scheme {
            let key = try other.key
            #expect(!key.isValid(signature, ofMessage: Fixtures.message, scheme: other.scheme))
        }
    }

    @Test("a scheme of another kind of key makes no signature valid", arguments: cases)
    func schemeOfOtherKind(test: Case) throws {
        let key = try test.key
        let signature = try test.signature
        let schemes: [SignatureScheme] = [
            .ecdsa(.sha256), .rsaPKCS1(.sha256), .rsaPSS(.sha256), .ed25519,
        ]

        for scheme in schemes where !key.kind.fits(scheme) {
            #expect(!key.isValid(signature, ofMessage: Fixtures.message, scheme: scheme))
        }
    }

    @Test("a digest of another hash than the scheme's makes no signature valid")
    func otherHash() throws {
        let key = try Fixtures.key("p384")
        let signature = try Fixtures.signature("p384WithSHA256")
        let digest = Digest(of: Fixtures.message)

        #expect(key.isValid(signature, of: digest, scheme: .ecdsa(.sha256)))
        #expect(!key.isValid(signature, of: digest, scheme: .ecdsa(.sha384)))
    }

    @Test("PSS masks with the hash of the scheme and no other")
    func otherMask() throws {
        let key = try Fixtures.key("rsa")
        let signature = try Fixtures.signature("rsaPSSWithOtherMask")

        #expect(!key.isValid(signature, ofMessage: Fixtures.message, scheme: .rsaPSS(.sha256)))
    }

    /// RFC 8032 §7.1, test 1: the empty message.
    @Test("the signature of the standard for Ed25519 is valid")
    func ed25519Vector() throws {
        let key = try PublicKey(
            ed25519: #require(
                [UInt8](
                    hex: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")))
        let signature = try #require(
            [UInt8](
                hex: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"))

        #expect(key.isValid(signature, ofMessage: [], scheme: .ed25519))
        #expect(!key.isValid(signature, ofMessage: [0], scheme: .ed25519))
    }
}
