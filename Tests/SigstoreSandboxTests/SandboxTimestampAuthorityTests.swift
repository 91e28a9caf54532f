import FoundationEssentials
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox's timestamp authority")
struct SandboxTimestampAuthorityTests {
    private static let stamped: [UInt8] = [1, 2, 3]

    @Test(
        "a timestamp is for the digest and the nonce of the request",
        arguments: HashAlgorithm.allCases)
    func timestamp(algorithm: HashAlgorithm) throws {
        let client = try SandboxClient()
        let nonce: [UInt8] = [0x91, 2, 3, 4, 5, 6, 7, 8]
        let answer = try Self.stamp(client, algorithm, nonce: nonce)
        let token = try TimestampToken(response: answer.body)

        #expect(answer.status == 201)
        #expect(answer.header("Content-Type") == "application/timestamp-reply")
        let chain = client.sandbox.timestampAuthority.chain
        #expect(chain.count { answer.body.contains($0.der) } == 2)
        try token.verify(signature: Self.stamped, chain: chain, nonce: nonce)
    }

    @Test(
        "a token is its own authority's, whichever was tried before: names and serial numbers are no sign"
    )
    func twin() throws {
        let client = try SandboxClient()
        let answer = try Self.stamp(client, .sha256, nonce: [1])
        let chain = client.sandbox.timestampAuthority.chain
        let root = try CertificateIssuer(
            root: "sandbox timestamping root", at: chain[1].notBefore.addingTimeInterval(86400))
        let twin = try root.issue(
            CertificateContent(
                commonName: "sandbox timestamping", publicKey: client.key.publicKey,
                notBefore: chain[0].notBefore, notAfter: chain[0].notAfter,
                extensions: [
                    .keyUsage(.digitalSignature),
                    .extendedKeyUsage(CertificateExtensionField.timeStamping, isCritical: true),
                ]), serialNumber: chain[0].serialNumber)
        let token = try TimestampToken(response: answer.body)
        for _ in 0..<2 {
            #expect(throws: TimestampError.self) {
                try token.verify(signature: Self.stamped, chain: [twin, root.certificate])
            }
            try token.verify(signature: Self.stamped, chain: chain)
        }
    }

    @Test("a wrong timestamp is for other bytes")
    func wrong() throws {
        let client = try SandboxClient("tsa:1=wrong")
        let token = try TimestampToken(response: Self.stamp(client, .sha256, nonce: [1]).body)

        #expect(token.imprint != Digest(of: Self.stamped))
    }

    @Test("certificates are embedded only when the request wants them")
    func certificates() throws {
        let client = try SandboxClient()
        let imprint = DER.sequence(
            DER.sequence(DER.identifier("2.16.840.1.101.3.4.2.1"), DER.null),
            DER.octets(Digest(of: Self.stamped).bytes))
        let answer = try Self.post(client, DER.sequence(DER.integer(1), imprint))
        let token = try TimestampToken(response: answer.body)

        #expect(!client.sandbox.timestampAuthority.chain.contains { answer.body.contains($0.der) })
        #expect(token.nonce == nil)
    }

    @Test("a request that cannot be answered is refused")
    func refusals() throws {
        let client = try SandboxClient()
        let sha1 = DER.sequence(
            DER.sequence(DER.identifier("1.3.14.3.2.26"), DER.null),
            DER.octets([UInt8](repeating: 0, count: 20)))
        let short = DER.sequence(
            DER.sequence(DER.identifier("2.16.840.1.101.3.4.2.1"), DER.null), DER.octets([1]))
        let requests = [
            [], DER.sequence(DER.integer(1), sha1), DER.sequence(DER.integer(1), short),
        ]

        for request in requests {
            #expect(try Self.post(client, request).status == 400)
        }
        let json = try client.post(
            SandboxTimestampAuthority.path, to: .tsa,
            headers: ["content-type": "application/json"])
        #expect(json.status == 415)
    }

    private static func stamp(
        _ client: SandboxClient, _ algorithm: HashAlgorithm, nonce: [UInt8]
    ) throws -> SandboxAnswer {
        let imprint = Digest(of: stamped, using: algorithm)
        return try post(client, TimestampRequest(imprint: imprint, nonce: nonce).der)
    }

    private static func post(_ client: SandboxClient, _ request: [UInt8]) throws -> SandboxAnswer {
        try client.post(
            SandboxTimestampAuthority.path, to: .tsa,
            headers: ["content-type": "application/timestamp-query"], body: request)
    }
}
