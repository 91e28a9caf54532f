import SigningCrypto
import Sigstore
import Testing

/// Signatures of keys that no log takes, or whose signatures no generator can repeat.
@Suite("Kinds of keys")
struct KeyKindTests {
    private let message = Array("an artifact".utf8)

    private func className(
        _ key: PrivateKey, _ scheme: SignatureScheme, artifact: Artifact
    ) throws -> String {
        let signature = try key.sign(message: message, scheme: scheme)
        let bundle = Bundle(
            signer: .publicKey(hint: ""), entries: [], timestamps: [],
            content: .message(signature: signature, digest: nil))
        var policy = VerificationPolicy(signer: .key(key.publicKey))
        policy.requiresLogEntry = false
        let root = try TrustedRoot(json: TestVector.read("trusted-root.json"))
        do {
            _ = try Verifier(trustedRoot: root).verify(bundle, artifact: artifact, policy: policy)
            return "accepted"
        } catch {
            return error.className
        }
    }

    @Test("Ed25519 signs the artifact itself: it takes the bytes, a digest will not do")
    func ed25519() throws {
        let key = try PrivateKey.generate(.ed25519)
        let digest = Digest(of: message)
        let other = Artifact(digests: [digest], message: message + [0])

        #expect(
            try className(key, .ed25519, artifact: Artifact(digests: [digest], message: message))
                == "accepted")
        #expect(try className(key, .ed25519, artifact: other) == "signature")
        #expect(
            try className(key, .ed25519, artifact: Artifact(digests: [digest])) == "signature")
    }

    @Test("what a bundle needs to know of an artifact follows from its key")
    func need() throws {
        let bundle = Bundle(
            signer: .publicKey(hint: ""), entries: [], timestamps: [],
            content: .message(signature: [1], digest: nil))
        let ed25519 = ArtifactNeed(of: bundle, key: try PrivateKey.generate(.ed25519).publicKey)
        let p384 = ArtifactNeed(of: bundle, key: try PrivateKey.generate(.ecdsa(.p384)).publicKey)

        #expect(ed25519.isMessageNeeded)
        #expect(!p384.isMessageNeeded)
        #expect(p384.algorithms == [.sha256, .sha384])
    }

    @Test("an RSA key may sign with either padding")
    func rsa() throws {
        let key = try PrivateKey.generate(.rsa(bits: 2048))
        let artifact = Artifact(digests: [Digest(of: message)])

        #expect(try className(key, .rsaPSS(.sha256), artifact: artifact) == "accepted")
        #expect(try className(key, .rsaPKCS1(.sha256), artifact: artifact) == "accepted")
        #expect(try className(key, .rsaPKCS1(.sha512), artifact: artifact) == "signature")
    }
}
