import Patterns
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Certificates from Fulcio")
struct FulcioCertificateTests {
    private let authority: FulcioTestAuthority
    private let key: PublicKey

    init() throws {
        authority = try FulcioTestAuthority()
        key = try PrivateKey.generate().publicKey
    }

    /// The class of the rule that the certificate breaks; nil when it breaks none.
    private func flaw(
        _ issued: IssuedCertificate, key other: PublicKey? = nil, root: TrustedRoot? = nil,
        expecting: CertificateExpectations = CertificateExpectations()
    ) throws -> String? {
        let root = try root ?? authority.trustedRoot
        let error: FulcioError? = failure {
            try issued.check(key: other ?? key, trustedRoot: root, expecting: expecting)
        }
        return error?.className
    }

    @Test("a certificate as asked for is accepted, with the promise in it or beside it")
    func accepted() throws {
        let expected = CertificateExpectations(
            identity: .exactly(FulcioTestAuthority.identity),
            issuer: .exactly(FulcioTestAuthority.issuer))

        #expect(try flaw(authority.issue(key), expecting: expected) == nil)
        #expect(try flaw(authority.issue(key, promise: .detached), expecting: expected) == nil)
    }

    @Test("the test vectors' certificate is accepted under their trusted root")
    func vector() throws {
        let leaf = try #require(try Proposals.bundle("v0.3-blob-rekor-v2").certificate)
        let issued = IssuedCertificate(leaf: leaf)
        let root = try TrustedRoot(json: TestVector.read("trusted-root.json"))

        #expect(try flaw(issued, key: leaf.publicKey, root: root) == nil)
        #expect(try flaw(issued, key: leaf.publicKey) == "cert-chain")
    }

    @Test("a certificate for another key is refused")
    func otherKey() throws {
        #expect(
            try flaw(authority.issue(key), key: PrivateKey.generate().publicKey) == "cert-key")
    }

    @Test("a certificate of another authority is refused")
    func otherAuthority() throws {
        #expect(try flaw(FulcioTestAuthority().issue(key)) == "cert-chain")
    }

    @Test("a certificate for another purpose is refused")
    func usage() throws {
        #expect(try flaw(authority.issue(key, usage: "1.3.6.1.5.5.7.3.1")) == "cert-chain")
    }

    @Test("a certificate that no trusted log has promised to take is refused")
    func promise() throws {
        let detached = try authority.issue(key, promise: .detached)
        let embedded = try authority.issue(key)

        #expect(try flaw(authority.issue(key, promise: .none)) == "sct")
        // A promise about another certificate, and one about a precertificate.
        #expect(
            try flaw(
                IssuedCertificate(
                    leaf: authority.issue(key, promise: .none).leaf,
                    detachedTimestamp: detached.detachedTimestamp)) == "sct")
        #expect(
            try flaw(
                IssuedCertificate(
                    leaf: embedded.leaf,
                    detachedTimestamp: embedded.leaf.signedCertificateTimestamps().first)) == "sct")
        let root = try authority.trustedRoot
        for issued in [detached, embedded] {
            let without = TrustedRoot(
                logs: root.logs, certificateLogs: [],
                certificateAuthorities: root.certificateAuthorities,
                timestampAuthorities: root.timestampAuthorities)
            #expect(try flaw(issued, root: without) == "sct")
        }
    }

    @Test("a name or an issuer other than the token's is refused")
    func identity() throws {
        let issued = try authority.issue(key)
        func flaw(_ expected: CertificateExpectations) throws -> String? {
            try self.flaw(issued, expecting: expected)
        }

        #expect(try flaw(.init(identity: .exactly("other@example.com"))) == "identity-mismatch")
        #expect(try flaw(.init(issuer: .exactly("https://other.example"))) == "identity-mismatch")
        #expect(try flaw(.init(identity: .exactly(FulcioTestAuthority.identity))) == nil)
        #expect(try flaw(.init(issuer: .exactly(FulcioTestAuthority.issuer))) == nil)
    }
}
