import FoundationEssentials
import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox's Fulcio")
struct SandboxFulcioTests {
    private static let issuer = "1.3.6.1.4.1.57264.1.8"

    @Test("the certificate for an e-mail token has the profile of Fulcio's")
    func email() throws {
        let client = try SandboxClient()
        let chain = try Self.chain(client, .email)
        let leaf = chain[0]

        #expect(leaf.publicKey == client.key.publicKey)
        #expect(leaf.subjectAlternativeNames == [.email("maintainer@example.com")])
        #expect(try leaf.utf8ExtensionValue(Self.issuer) == "http://127.0.0.1:1/auth")
        #expect(
            leaf.extensionValue("1.3.6.1.4.1.57264.1.1") == Array("http://127.0.0.1:1/auth".utf8))
        #expect(leaf.extendedKeyUsages == ["1.3.6.1.5.5.7.3.3"])
        #expect(leaf.allowsDigitalSignature && !leaf.isCertificateAuthority)
        #expect(leaf.subject == "")
        #expect(leaf.serialNumber.count == 20)
        #expect(leaf.notAfter.timeIntervalSince(leaf.notBefore) == 600)
        let path = try CertificatePath.find(
            leaf: leaf, intermediates: [chain[1]], anchors: [chain[2]], at: leaf.notBefore)
        #expect(path == chain)
    }

    @Test("the certificate for a workflow tells where it ran")
    func github() throws {
        let leaf = try Self.chain(SandboxClient(), .github)[0]
        let values = try [8, 9, 12, 15, 20, 21, 24].map {
            try leaf.utf8ExtensionValue("1.3.6.1.4.1.57264.1.\($0)")
        }

        #expect(leaf.subjectAlternativeNames == [.uri(SandboxIdentity.workflow)])
        #expect(
            values == [
                "http://127.0.0.1:1/actions", SandboxIdentity.workflow,
                "https://github.com/example/app", "700000001", "push",
                "https://github.com/example/app/actions/runs/9000000001/attempts/1",
                "repo:example/app:ref:refs/tags/v1.2.3",
            ])
        #expect(
            leaf.extensionValue("1.3.6.1.4.1.57264.1.5") == Array("example/app".utf8))
    }

    @Test("the log of certificates promises this one, and another one when it is to be wrong")
    func promise() throws {
        let client = try SandboxClient("fulcio/certificate:2=wrong")
        let key = client.sandbox.fulcio.transparencyLog.key.publicKey

        for isGood in [true, false] {
            let chain = try Self.chain(client, .email)
            let promises = try chain[0].signedCertificateTimestamps()
            #expect(promises.map(\.logID) == [client.sandbox.fulcio.transparencyLog.logID])
            #expect(promises[0].isValid(for: chain[0], issuer: chain[1], key: key) == isGood)
        }
    }

    @Test("a key with a proof that it can sign is as good as a certificate signing request")
    func proofOfPossession() throws {
        let client = try SandboxClient()
        let good = try Self.request(client, challenge: SandboxIdentity.emailAddress)
        let wrong = try Self.request(client, challenge: "somebody@example.com")

        #expect(good.status == 200)
        #expect(wrong.status == 400)
        #expect(
            try wrong.message == "The signature supplied in the request could not be verified")
    }

    @Test(
        "a token that is not good for Sigstore now is refused",
        arguments: [Fault.expiredToken, .wrongAudience, .unverifiedEmail, .wrong])
    func badTokens(fault: Fault) throws {
        let client = try SandboxClient()
        let token = try client.sandbox.issuer.token(for: .email, fault: fault)
        let answer = try client.certificate(token: token)

        #expect(answer.status == 400)
        #expect(try answer.message == "There was an error processing the identity token")
    }

    @Test("a workflow's token has no e-mail address to be verified")
    func unverifiedWorkflow() throws {
        let client = try SandboxClient()
        let token = try client.sandbox.issuer.token(for: .github, fault: .unverifiedEmail)

        #expect(try client.certificate(token: token).status == 200)
    }

    @Test("a request that another key signed, or that is none, is refused")
    func badRequests() throws {
        let client = try SandboxClient()
        var request = try CertificateSigningRequest(key: client.key).der
        request[request.count - 1] ^= 1
        let changed = PEMBlock(label: "CERTIFICATE REQUEST", bytes: request).text
        let texts = [changed, "nonsense", ""]
        let messages = try texts.map { text in
            let body: JSONValue = ["certificateSigningRequest": .string(Array(text.utf8).base64)]
            return try Self.post(client, body).message
        }

        #expect(
            messages == [
                "The signature supplied in the request could not be verified",
                "The certificate signing request could not be parsed",
                "The certificate signing request could not be parsed",
            ])
    }

    @Test("the configuration tells which claim each issuer's tokens are challenged by")
    func configuration() throws {
        let answer = try SandboxClient().get("/api/v2/configuration", to: .fulcio)
        let issuers = try answer.json.required("issuers").elements

        #expect(
            try issuers.map { try $0.required("issuerUrl").string }
                == ["http://127.0.0.1:1/auth", "http://127.0.0.1:1/actions"])
        #expect(
            try issuers.map { try $0.required("challengeClaim").string } == ["email", "sub"])
    }

    @Test("the issuer gives tokens to the bearer of the job's request token only")
    func requestToken() throws {
        let client = try SandboxClient()
        let target = "/token?identity=github&audience=sigstore"
        let refused = try client.get(
            target, to: .issuer, headers: ["authorization": "bearer other"])
        let given = try client.get(
            target, to: .issuer,
            headers: ["authorization": "bearer \(client.sandbox.issuer.requestToken)"])
        let token = try given.json.required("value").string

        #expect(refused.status == 401)
        #expect(try client.certificate(token: token).status == 200)
    }

    private static func request(_ client: SandboxClient, challenge: String) throws -> SandboxAnswer
    {
        let proof = try client.key.sign(
            message: Array(challenge.utf8), scheme: .ecdsa(.sha256))
        return try post(
            client,
            [
                "publicKeyRequest": [
                    "publicKey": ["content": .string(client.key.publicKey.pem)],
                    "proofOfPossession": .string(proof.base64),
                ]
            ])
    }

    private static func post(_ client: SandboxClient, _ body: JSONValue) throws -> SandboxAnswer {
        let token = try client.sandbox.issuer.token(for: .email)
        return try client.post(
            "/api/v2/signingCert", to: .fulcio, headers: ["authorization": "Bearer \(token)"],
            body: body.text())
    }

    private static func chain(
        _ client: SandboxClient, _ identity: SandboxIdentity
    ) throws -> [Certificate] {
        let token = try client.sandbox.issuer.token(for: identity)
        let certificates = try client.certificate(token: token).json
            .required("signedCertificateEmbeddedSct").required("chain").required("certificates")
        return try certificates.elements.map { try Certificate(pem: $0.string) }
    }
}
