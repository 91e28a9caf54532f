import JSON
import SigningCrypto
import Sigstore
import TestSupport
import Testing

/// What no vector can hold: signatures over bytes instead of a digest, and artifacts of which only
/// some digests are known.
@Suite("What a signature is over")
struct SignedContentTests {
    private let file = [UInt8]("What was built.\n".utf8)

    private func failure(
        _ bundle: Bundle, _ artifact: Artifact, _ key: PublicKey
    ) throws -> VerificationFailure? {
        var policy = VerificationPolicy(signer: .key(key))
        policy.requiresLogEntry = false
        let verifier = Verifier(trustedRoot: try TrustedRoot(json: Documents.trustedRoot().text()))
        do {
            _ = try verifier.verify(bundle, artifact: artifact, policy: policy)
            return nil
        } catch {
            return error
        }
    }

    private func bundle(signature: [UInt8], digest: Digest? = nil) -> Bundle {
        Bundle(
            signer: .publicKey(hint: ""), entries: [], timestamps: [],
            content: .message(signature: signature, digest: digest))
    }

    @Test("an Ed25519 signature is over the artifact itself, which no digest replaces")
    func ed25519() throws {
        let key = try PrivateKey.generate(.ed25519)
        let signed = bundle(signature: try key.sign(message: file, scheme: .ed25519))
        let digests = HashAlgorithm.allCases.map { Digest(of: file, using: $0) }

        #expect(
            try failure(signed, Artifact(digests: digests, message: file), key.publicKey) == nil)
        #expect(
            try failure(signed, Artifact(digests: digests), key.publicKey) == .messageMissing)
        #expect(
            try failure(signed, Artifact(digests: digests, message: file + [0]), key.publicKey)
                == .signature(key: "Ed25519 key"))
    }

    @Test("where the digest that may be signed is not known, that is what the failure says")
    func missingDigest() throws {
        let key = try PrivateKey.generate(.ecdsa(.p384))
        let signed = bundle(signature: try key.sign(message: file, scheme: .ecdsa(.sha384)))

        #expect(
            try failure(
                signed, Artifact(digests: [Digest(of: file, using: .sha384)]), key.publicKey)
                == nil)
        #expect(
            try failure(signed, Artifact(digests: [Digest(of: file)]), key.publicKey)
                == .digestMissing(needed: "sha384", given: "sha256"))
    }
}
