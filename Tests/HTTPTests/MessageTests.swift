import Foundation
import HTTP
import RetryEngine
import TestSupport
import Testing

@Suite("What messages show")
struct MessageTests {
    private func message(
        _ body: String, status: Int = 400, headers: [HTTPHeader] = [], secrets: [String] = [],
        url: String = "https://ca.example/sign",
        reading read: @escaping (HTTPResponse) throws -> Void = { _ in }
    ) throws -> String {
        let clock = RecordingClock()
        let request = try HTTPRequest(
            .post(body: Array("{}".utf8), contentType: "application/json"), HTTPURL(url),
            headers: headers, secrets: secrets)
        let transport = ScriptedTransport([.answer(status, body)], clock: clock)
        let outcome = HTTPClient(transport: transport, clock: clock)
            .send(request, deadline: clock.now.advanced(by: .seconds(60)), reading: read)
        return try #require(outcome.result.failure).description
    }

    @Test("a page of HTML becomes one printable line of at most 512 bytes")
    func htmlPage() throws {
        let page = "<html>\r\n\t<b>\u{1B}[31m" + String(repeating: "é", count: 600) + "</b>"
        let text = try message(page)

        #expect(text.hasPrefix("POST https://ca.example/sign: status 400: [31mé"))
        #expect(text.hasSuffix("é …"))
        #expect(text.utf8.count < 570)
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test(
        "a body that is no text is told by its length alone",
        arguments: [[0x1F, 0x8B, 0x08, 0x00] + [UInt8](0x20...0x7E), [UInt8](0x80...0xFF)])
    func binaryBody(body: [UInt8]) throws {
        let response = HTTPResponse(status: 502, headers: [], body: body, receivedAt: Date())

        #expect(response.bodyExcerpt(hiding: []) == "\(body.count) bytes that are no text")
    }

    @Test("a page in another encoding than UTF-8 is text")
    func latin1() throws {
        let body = Array("Acc".utf8) + [0xE8] + Array("s interdit par le proxy".utf8)
        let response = HTTPResponse(status: 403, headers: [], body: body, receivedAt: Date())

        #expect(response.bodyExcerpt(hiding: []) == "Acc\u{FFFD}s interdit par le proxy")
    }

    @Test("a body without text adds nothing")
    func emptyBody() throws {
        #expect(try message(" \r\n") == "POST https://ca.example/sign: status 400")
    }

    @Test("a URL is shown without user info, query and fragment")
    func urlInMessages() throws {
        let text = try message("", url: "https://me:pass@ca.example:8443/a%20b?token=abc#f")

        #expect(text == "POST https://ca.example:8443/a%20b: status 400")
    }

    @Test("a service that repeats a secret does not bring it into a message")
    func repeatedSecrets() throws {
        let header = HTTPHeader("Authorization", "Bearer ey.J0", isSecret: true)
        let text = try message(
            "Bearer ey.J0 / ey.J0 / token=abc&x=1 / p4ss / b0dy\u{301}", headers: [header],
            secrets: ["b0dy"], url: "https://me1:p4ss@ca.example/sign?token=abc&x=1")

        let hidden = "[secret] / [secret] / [secret] / [secret] / [secret]\u{301}"
        #expect(text == "POST https://ca.example/sign: status 400: \(hidden)")
    }

    @Test("the reason of an unreadable answer shows no secret either")
    func secretsInReasons() throws {
        struct Unreadable: Error, CustomStringConvertible { let description = "got b0dy" }
        let text = try message("b0dy", status: 200, secrets: ["b0dy"]) { _ in throw Unreadable() }

        #expect(text.hasSuffix("unreadable answer: got [secret]"))
    }

    @Test("no value shows a secret when it is printed or dumped")
    func printedValues() throws {
        let header = HTTPHeader("Authorization", "s3cret", isSecret: true)
        let request = try HTTPRequest(
            .post(body: Array("s3cret".utf8), contentType: "text/plain"),
            HTTPURL("https://s3cret@ca.example/?s3cret"), headers: [header], secrets: ["s3cret"])
        let response = try ScriptedTransport.Step.answer(200, "s3cret").get()
        let proxy = try ProxySettings(environment: ["https_proxy": "http://me:s3cret@proxy"])

        for value: Any in [header, request, request.url, response, proxy] {
            var dumped = ""
            dump(value, to: &dumped)
            let texts = [dumped, String(describing: value), String(reflecting: value)]
            #expect(!texts.joined().contains("s3cret"))
            #expect(texts.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("the class names are those that machines read")
    func classNames() {
        let names: [(HTTPFailure, String, FailureClass)] = [
            (.invalidURL(reason: ""), "invalid-request", .permanent),
            (.invalidHeader(name: ""), "invalid-request", .permanent),
            (.plainHTTP(url: ""), "plain-http", .permanent),
            (.setUp(""), "set-up", .permanent),
            (.notSent(reason: ""), "not-sent", .notSent),
            (.unknownOutcome(reason: ""), "unknown-outcome", .unknownOutcome),
            (.untrusted(reason: ""), "tls", .permanent),
            (.transfer(reason: ""), "transfer", .permanent),
            (
                .status(503, isTransient: true, retryAfter: nil, excerpt: ""), "unavailable",
                .unknownOutcome
            ),
            (
                .status(400, isTransient: false, retryAfter: nil, excerpt: ""), "refused",
                .permanent
            ),
            (.badResponse(reason: ""), "bad-response", .permanent),
            (.tooLarge(limit: 1), "too-large", .permanent),
            (.cancelled(wasSent: true), "cancelled", .cancelled),
            (.deadlineExceeded(last: nil), "deadline", .deadline),
        ]
        for (failure, name, failureClass) in names {
            #expect(failure.className == name)
            #expect(failure.failureClass == failureClass)
            #expect(HTTPError(call: "x", failure: failure).className == name)
        }
    }
}
