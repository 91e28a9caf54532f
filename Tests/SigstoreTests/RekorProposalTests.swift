import JSON
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Rekor proposals")
struct RekorProposalTests {
    @Test(
        "the body that a log will store is known beforehand, byte for byte",
        arguments: [
            "v0.3-blob-rekor-v1", "v0.3-blob-rekor-v2", "v0.3-dsse-rekor-v2", "key-blob-rekor-v1",
            "key-blob-rekor-v2", "key-dsse-rekor-v2", "certificate-rsa", "identity-uri",
        ])
    func prediction(name: String) throws {
        let (proposal, stored) = try Proposals.vector(name)
        let form = try #require(stored.kind.version == "0.0.2" ? proposal.v2 : proposal.v1)
        let proof = try #require(stored.inclusionProof)

        #expect(String(decoding: form.body, as: UTF8.self) == stored.text)
        #expect(form.kind == stored.kind)
        #expect(try EntryBody(form.body, kind: form.kind) == form.entry)
        #expect(
            try MerkleTree.root(
                leafHash: form.leafHash, index: proof.index, treeSize: proof.treeSize,
                path: proof.hashes) == proof.rootHash)
    }

    @Test(
        "of an envelope Rekor v1 will store the hash of the text that it is sent",
        arguments: ["v0.3-dsse-rekor-v1", "key-dsse-rekor-v1"])
    func envelopePrediction(name: String) throws {
        let (proposal, stored) = try Proposals.vector(name)
        let form = try #require(proposal.v1)
        let text = try JSONValue(parsing: form.request)
            .asString("spec.proposedContent.envelope")
        let hash = Digest(of: Array(text.utf8)).hex
        // The vectors' envelopes are texts in another spelling.
        let expected = try JSONValue(parsing: stored.canonicalizedBody)
            .setting("spec.envelopeHash.value", .string(hash))

        #expect(form.body == expected.canonicalText)
        #expect(form.kind == stored.kind)
        #expect(try EntryBody(stored.canonicalizedBody, kind: form.kind) == form.entry)
    }

    @Test("Rekor v1 is sent a hashedrekord 0.0.1 with the signer in PEM")
    func requestV1() throws {
        let key = try PrivateKey.generate().publicKey
        let digest = Digest(of: [1])
        let form = try #require(
            ProposedEntry(.digest(digest, signature: [2, 3]), signer: .key(key)).v1)

        #expect(
            String(decoding: form.request, as: UTF8.self) == #"""
                {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":\#
                {"algorithm":"sha256","value":"\#(digest.hex)"}},\#
                "signature":{"content":"AgM=","publicKey":{"content":"\#(Array(key.pem.utf8).base64)"}}}}
                """#)
    }

    @Test("Rekor v1 is sent a dsse 0.0.1 with the envelope as a text")
    func envelopeRequestV1() throws {
        let key = try PrivateKey.generate().publicKey
        let envelope = Envelope(payload: [1], payloadType: "a/b", signature: [2, 3])
        let form = try #require(ProposedEntry(.envelope(envelope), signer: .key(key)).v1)

        #expect(
            String(decoding: form.request, as: UTF8.self) == #"""
                {"apiVersion":"0.0.1","kind":"dsse","spec":{"proposedContent":{"envelope":\#
                "{\"payload\":\"AQ==\",\"payloadType\":\"a/b\",\"signatures\":[{\"sig\":\"AgM=\"}]}",\#
                "verifiers":["\#(Array(key.pem.utf8).base64)"]}}}
                """#)
    }

    @Test("Rekor v2 is sent a hashedRekordRequestV002 with the signer in DER")
    func requestV2() throws {
        let (proposal, stored) = try Proposals.vector("v0.3-blob-rekor-v2")
        let certificate = try #require(try Proposals.bundle("v0.3-blob-rekor-v2").certificate)
        let key = try PrivateKey.generate(.ecdsa(.p384)).publicKey
        let digest = Digest(of: [1], using: .sha384)
        let form = try #require(
            ProposedEntry(.digest(digest, signature: [2, 3]), signer: .key(key)).v2)

        #expect(stored.kind == proposal.v2?.kind)
        #expect(
            String(decoding: try #require(proposal.v2).request, as: UTF8.self)
                .contains(
                    #""verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","x509Certificate":"#
                        + #"{"rawBytes":"\#(certificate.der.base64)"}}"#))
        #expect(
            String(decoding: form.request, as: UTF8.self) == #"""
                {"hashedRekordRequestV002":{"digest":"\#(digest.bytes.base64)","signature":\#
                {"content":"AgM=","verifier":{"keyDetails":"PKIX_ECDSA_P384_SHA_384","publicKey":\#
                {"rawBytes":"\#(key.subjectPublicKeyInfo.base64)"}}}}}
                """#)
    }

    @Test("Rekor v2 is sent an envelope as a record of its pre-authentication encoding")
    func envelopeRequestV2() throws {
        let key = try PrivateKey.generate().publicKey
        let envelope = Envelope(payload: [1], payloadType: "a/b", signature: [2, 3])
        let proposal = ProposedEntry(.envelope(envelope), signer: .key(key))
        let digest = Digest(of: envelope.preAuthenticationEncoding)

        #expect(
            proposal.v2
                == ProposedEntry(.digest(digest, signature: [2, 3]), signer: .key(key)).v2)
    }

    @Test("a signature that a log does not take has no form for it")
    func unsupported() throws {
        let digest = Digest(of: [1])
        let envelope = Envelope(payload: [1], payloadType: "a/b", signature: [2])
        let pure = ProposedEntry.Signer.key(try PrivateKey.generate(.ed25519).publicKey)
        let rsa = ProposedEntry.Signer.key(try PrivateKey.generate(.rsa(bits: 2048)).publicKey)
        let p384 = ProposedEntry.Signer.key(try PrivateKey.generate(.ecdsa(.p384)).publicKey)

        #expect(ProposedEntry(.digest(digest, signature: [2]), signer: pure).v1 == nil)
        #expect(ProposedEntry(.digest(digest, signature: [2]), signer: pure).v2 == nil)
        #expect(ProposedEntry(.envelope(envelope), signer: pure).v1 != nil)
        #expect(ProposedEntry(.envelope(envelope), signer: pure).v2 == nil)
        #expect(ProposedEntry(.envelope(envelope), signer: rsa).v2 != nil)
        #expect(ProposedEntry(.envelope(envelope), signer: rsa, scheme: .rsaPSS(.sha256)).v2 == nil)
        #expect(ProposedEntry(.digest(digest, signature: [2]), signer: p384).v1 == nil)
        #expect(ProposedEntry(.digest(digest, signature: [2]), signer: p384).v2 == nil)
    }
}

/// Proposals for which there is an entry among the test vectors.
enum Proposals {
    static func bundle(_ name: String) throws -> Bundle {
        try Bundle(json: TestVector.read("accepted/\(name).sigstore.json"))
    }

    static func vector(_ name: String) throws -> (ProposedEntry, LogEntry) {
        let bundle = try bundle(name)
        let entry = try #require(bundle.entries.first)
        let pem = String(decoding: try TestVector.read("release-key.pem"), as: UTF8.self)
        let signer: ProposedEntry.Signer =
            try bundle.certificate.map { .certificate($0) } ?? .key(PublicKey(pem: pem))
        let content: ProposedEntry.Content =
            switch bundle.content {
            case .message(let signature, _):
                .digest(Digest(of: try TestVector.read("artifact.txt")), signature: signature)
            case .envelope(let envelope): .envelope(envelope)
            }
        return (ProposedEntry(content, signer: signer), entry)
    }
}

extension LogEntry {
    var text: String { String(decoding: canonicalizedBody, as: UTF8.self) }
}
