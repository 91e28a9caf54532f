import HTTP
import JSON
import OpenIDConnect
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Fulcio")
struct FulcioTests {

    private static let token = IdentityFixture.jwt()

    private let authority: FulcioTestAuthority
    private let key: PrivateKey
    private let issued: IssuedCertificate

    init() throws {
        authority = try FulcioTestAuthority()
        key = try PrivateKey.generate()
        issued = try authority.issue(key.publicKey)
    }

    private func certificate(
        _ service: ScriptedService,
        token: @escaping () throws(IdentityError) -> IdentityToken = { () throws(IdentityError) in
            try IdentityToken(FulcioTests.token, from: "a test")
        }
    ) throws -> IssuedCertificate {
        try FulcioClient(HTTPURL("https://fulcio.example"), client: service.client)
            .certificate(for: key, token: token, deadline: service.deadline)
    }

    private func error(_ service: ScriptedService) throws -> FulcioError {
        try #require(failure { try certificate(service) })
    }

    private var accepted: ScriptedService.Answer { .answer(200, authority.answer(issued).text()) }

    @Test("the authority is sent the token, and a request signed by the key")
    func request() throws {
        let service = ScriptedService([accepted])
        _ = try certificate(service)
        let call = try #require(service.calls.first)
        let body = try JSONValue(parsing: call.body)
        let pem = try #require([UInt8](base64: body.asString("certificateSigningRequest")))
        let block = try #require(
            try PEMBlock.blocks(in: String(decoding: pem, as: UTF8.self)).first)

        #expect(service.calls.count == 1)
        #expect(call.description == "POST https://fulcio.example/api/v2/signingCert")
        #expect(call.contentType == "application/json")
        #expect(call[header: "Authorization"] == "Bearer \(Self.token)")
        #expect(call.headers.filter(\.isSecret).map(\.name) == ["Authorization"])
        #expect(body == ["certificateSigningRequest": .bytes(pem)])
        #expect(block.label == "CERTIFICATE REQUEST")
        #expect(block.bytes.firstRange(of: key.publicKey.subjectPublicKeyInfo) != nil)
    }

    @Test("of either form of the answer the leaf is kept, and a promise beside it")
    func forms() throws {
        let detached = try authority.issue(key.publicKey, promise: .detached)
        let service = ScriptedService([.answer(200, authority.answer(detached).text())])

        #expect(try certificate(ScriptedService([accepted])) == issued)
        #expect(try certificate(service) == detached)
        #expect(detached.detachedTimestamp?.extensions == [7, 7])
    }

    @Test("a refused token is a case of its own, and asks for no second attempt by itself")
    func identityToken() throws {
        let text = #"{"code":3,"message":"There was an error processing the identity token"}"#
        let service = ScriptedService([.answer(400, text), accepted])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "identity-token")
        #expect(error.failureClass == .permanent)
        guard case .identityToken = error else {
            Issue.record("it is \(error)")
            return
        }
    }

    @Test(
        "any other 400 is refused at once, with the authority's words",
        arguments: [
            "The signature supplied in the request could not be verified",
            "The public key supplied in the request could not be parsed",
            "The certificate signing request could not be parsed",
            "signing algorithm not permitted: RSA",
        ])
    func badRequest(message: String) throws {
        let service = ScriptedService([
            .answer(400, #"{"code":3,"message":"\#(message)"}"#), accepted,
        ])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "refused")
        #expect("\(error)".contains(message))
    }

    @Test("any other status is refused at once", arguments: Status.permanent)
    func permanent(status: Int) throws {
        let service = ScriptedService([.answer(status, "no"), accepted])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "refused")
        #expect(error.failureClass == .permanent)
        #expect(
            "\(error)".hasPrefix(
                "certificate authority: POST https://fulcio.example/api/v2/signingCert: status"))
    }

    @Test(
        "a transient status is for another attempt with the same request",
        arguments: Status.transient)
    func transient(status: Int) throws {
        let service = ScriptedService([
            .answer(status, #"{"code":13,"message":"Error entering certificate in CTL"}"#),
            accepted,
        ])

        #expect(try certificate(service) == issued)
        #expect(service.calls[0] == service.calls[1])
        #expect(service.pauses == [.seconds(1)])
    }

    @Test("a certificate for another key is asked for once more, and refused then")
    func otherKey() throws {
        let other = try authority.issue(PrivateKey.generate().publicKey)
        let wrong = ScriptedService.Answer.answer(200, authority.answer(other).text())
        let lying = ScriptedService([wrong])

        #expect(try certificate(ScriptedService([wrong, accepted])) == issued)
        #expect(try error(lying).className == "bad-response")
        #expect(lying.calls.count == 2)
    }

    @Test(
        "what is not a certificate is asked for once more, and refused then",
        arguments: [
            "<html>", "{}", #"{"signedCertificateEmbeddedSct":{}}"#,
            #"{"signedCertificateEmbeddedSct":{"chain":{"certificates":[]}}}"#,
            #"{"signedCertificateEmbeddedSct":{"chain":{"certificates":["?"]}}}"#,
        ])
    func unreadable(body: String) throws {
        let service = ScriptedService([.answer(200, body)])

        #expect(try error(service).className == "bad-response")
        #expect(service.calls.count == 2)
    }

    @Test("an authority without a log promises nothing, and its answer is read all the same")
    func noPromise() throws {
        let chain: JSONValue = ["certificates": [.string(issued.leaf.pem)]]
        for answer: JSONValue in [
            ["chain": chain], ["chain": chain, "signedCertificateTimestamp": ""],
        ] {
            let document: JSONValue = ["signedCertificateDetachedSct": answer]
            let service = ScriptedService([.answer(200, document.text())])

            #expect(try certificate(service).detachedTimestamp == nil)
        }
    }

    @Test(
        "a promise beside the certificate must be one",
        arguments: [
            ("sct_version", 1), ("sct_version", 256), ("id", "AQ=="), ("id", nil),
            ("timestamp", "x"), ("signature", "BAMA"), ("signature", nil),
        ] as [(String, JSONValue?)])
    func unreadablePromise(path: String, value: JSONValue?) throws {
        let place = "signedCertificateDetachedSct.signedCertificateTimestamp"
        let answer = authority.answer(try authority.issue(key.publicKey, promise: .detached))
        let promise = try JSONValue(parsing: #require([UInt8](base64: answer.asString(place))))
        let changed = answer.setting(place, .bytes(promise.setting(path, value).text()))

        #expect(
            try error(ScriptedService([.answer(200, changed.text())])).className == "bad-response")
    }

    @Test(
        "the token is in no message, even where the authority repeats it",
        arguments: [400, 500, 200])
    func secrecy(status: Int) throws {
        for text in ["\(Self.token)", "error processing the identity token \(Self.token)"] {
            let error = try error(ScriptedService([.answer(status, text)]))
            var dumped = ""
            dump(error, to: &dumped)

            #expect(!"\(error)".contains("eyJ"))
            #expect(!dumped.contains("eyJ"))
        }
    }

    @Test("each attempt is made with a token of its own")
    func tokenOfEachAttempt() throws {
        let service = ScriptedService([.answer(503), accepted])
        var tokens = [IdentityFixture.jwt(["jti": "1"]), IdentityFixture.jwt(["jti": "2"])]
        let expected = tokens.map { "Bearer \($0)" }
        _ = try certificate(service) { () throws(IdentityError) in
            try IdentityToken(tokens.removeFirst(), from: "a test")
        }

        #expect(service.calls.map { $0[header: "Authorization"] } == expected)
    }

    @Test("without a token nothing is sent, and the error is that of the token")
    func noToken() throws {
        let service = ScriptedService([accepted])
        let lack = IdentityError.unreadable(source: "'token'", reason: "permission denied")
        let error: FulcioError? = failure {
            try certificate(service) { () throws(IdentityError) in throw lack }
        }

        #expect(service.calls == [])
        #expect(error == .identity(lack))
        #expect(error?.className == lack.className)
        #expect(error.map { "\($0)" } == "\(lack)")
    }
}
