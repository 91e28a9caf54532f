import HTTP
import SigningCrypto
import TestSupport
import Testing

@testable import Sigstore

@Suite("Timestamping")
struct TimestampingTests {
    private let signature: [UInt8]
    private let response: [UInt8]
    /// That of the question that `response` answers.
    private let nonce: UInt64

    init() throws {
        let bundle = try Proposals.bundle("timestamp-nonce")
        signature = bundle.content.signature
        response = try #require(bundle.timestamps.first)
        let bytes = try #require(try TimestampToken(response: response).nonce)
        nonce = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func timestamp(
        _ service: ScriptedService, of bytes: [UInt8]? = nil, root: String = "trusted-root",
        nonces: [UInt64]? = nil
    ) throws -> [UInt8] {
        var rest = nonces ?? []
        let known = nonce
        return try TimestampAuthorityClient(
            HTTPURL("https://tsa.example/api/v1/timestamp"), client: service.client,
            trustedRoot: TrustedRoot(json: TestVector.read("\(root).json")),
            nonce: { rest.isEmpty ? known : rest.removeFirst() }
        ).timestamp(of: bytes ?? signature, deadline: service.deadline)
    }

    private func error(_ service: ScriptedService, root: String = "trusted-root") throws
        -> TimestampAuthorityError
    {
        try #require(failure { try timestamp(service, root: root) })
    }

    @Test("the answer to our question is kept as it is", arguments: [200, 201])
    func granted(status: Int) throws {
        let service = ScriptedService([.answer(status, response)])
        let bytes = withUnsafeBytes(of: nonce.bigEndian) { Array($0) }

        #expect(try timestamp(service) == response)
        #expect(
            service.calls == [
                .init(
                    description: "POST https://tsa.example/api/v1/timestamp",
                    body: try TimestampRequest(imprint: Digest(of: signature), nonce: bytes).der,
                    contentType: "application/timestamp-query",
                    headers: [
                        HTTPHeader("Accept", "application/timestamp-reply"),
                        HTTPHeader("Content-Type", "application/timestamp-query"),
                    ])
            ])
    }

    @Test("each attempt has a nonce of its own, and the answer must be to the last")
    func nonces() throws {
        let recovered = ScriptedService([.lost, .answer(503), .answer(200, response)])
        let late = ScriptedService([.lost, .answer(200, response)])

        #expect(try timestamp(recovered, nonces: [7, 8]) == response)
        #expect(Set(recovered.calls.map(\.body)).count == 3)
        #expect(
            failure { try timestamp(late, nonces: [nonce, 8, 9]) } as TimestampAuthorityError?
                != nil)
    }

    @Test("nonces are random numbers of 64 bits")
    func randomNonces() throws {
        let service = ScriptedService([.answer(503)])
        let client = TimestampAuthorityClient(
            try HTTPURL("https://tsa.example"), client: service.client,
            trustedRoot: try TrustedRoot(json: TestVector.read("trusted-root.json")))
        for _ in 0..<20 {
            _ = try? client.timestamp(of: signature, deadline: service.deadline)
        }
        // All that differs is the number, and 58 fixed bytes are before it.
        let numbers = service.calls.map { $0.body.dropFirst(55) }

        #expect(service.calls.count == 60)
        #expect(Set(numbers).count == 60)
        #expect(numbers.contains { $0.count > 11 })
    }

    @Test("an answer with another nonce is asked for once more, and refused then")
    func otherNonce() throws {
        let service = ScriptedService([.answer(200, response)])

        #expect(try timestamp(service, nonces: [7]) == response)
        let lying = ScriptedService([.answer(200, response)])
        let error: TimestampAuthorityError? = failure { try timestamp(lying, nonces: [7, 8]) }
        #expect(error?.className == "bad-response")
        #expect(lying.calls.count == 2)
    }

    @Test("an answer without a nonce is refused")
    func noNonce() throws {
        let bundle = try Proposals.bundle("v0.3-blob-rekor-v2")
        let answer = try #require(bundle.timestamps.first)
        #expect(try TimestampToken(response: answer).nonce == nil)

        #expect(try error(ScriptedService([.answer(200, answer)])).className == "bad-response")
    }

    @Test("an answer about other bytes is refused")
    func otherImprint() throws {
        let service = ScriptedService([.answer(200, response)])
        let error: TimestampAuthorityError? = failure { try timestamp(service, of: [1, 2, 3]) }

        #expect(error?.className == "bad-response")
        #expect(service.calls.count == 2)
    }

    @Test("waiting is for another attempt, as often as there are attempts")
    func waiting() throws {
        let service = ScriptedService([Self.status(3), Self.status(3), .answer(200, response)])
        #expect(try timestamp(service) == response)

        let busy = ScriptedService([Self.status(3)])
        let error = try error(busy)
        #expect(busy.calls.count == 3)
        #expect(error.className == "unavailable")
        #expect(error.failureClass == .unknownOutcome)
    }

    @Test(
        "an authority that has no time, or is out of order, is asked again",
        arguments: [true, false])
    func outOfOrder(hasNoTime: Bool) throws {
        // The bits 14 and 25 of PKIFailureInfo.
        let refusal: [UInt8] =
            hasNoTime
            ? [0x30, 0x0A, 0x30, 0x08, 0x02, 0x01, 2, 0x03, 0x03, 1, 0, 2]
            : [0x30, 0x0C, 0x30, 0x0A, 0x02, 0x01, 2, 0x03, 0x05, 6, 0, 0, 0, 0x40]
        let service = ScriptedService([.answer(200, refusal), .answer(200, response)])
        #expect(try timestamp(service) == response)

        let error = try error(ScriptedService([.answer(200, refusal)]))
        #expect(error.failureClass == .unknownOutcome)
        #expect("\(error)".contains(hasNoTime ? "timeNotAvailable" : "systemFailure"))
    }

    @Test(
        "what other verifiers do not read is no timestamp: one that is granted with changes, or not in DER"
    )
    func unusual() throws {
        // The header, then PKIStatusInfo: a sequence of the status alone.
        let length = response[1] == 0x82 ? 4 : 2
        #expect(response[length..<length + 5] == [0x30, 3, 0x02, 1, 0])
        var modified = response
        modified[length + 4] = 1
        let refused = try error(ScriptedService([.answer(200, modified)]))
        #expect(refused.failureClass == .permanent)
        #expect("\(refused)".hasSuffix("it was granted with changes"))
        // Of indefinite length.
        let endless = [0x30, 0x80] + response.dropFirst(length) + [0, 0]
        let service = ScriptedService([.answer(200, endless), .answer(200, response)])
        #expect(try timestamp(service) == response)
        #expect(service.calls.count == 2)
    }

    @Test("a rejection is refused at once", arguments: [2, 4, 5] as [UInt8])
    func rejection(status: UInt8) throws {
        let service = ScriptedService([Self.status(status)])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "refused")
        #expect(error.failureClass == .permanent)
        #expect("\(error)".hasSuffix("the timestamp authority answers with status \(status)"))
    }

    @Test(
        "a timestamp of no trusted authority is refused at once",
        arguments: [
            "trusted-root-tsa-none-trusted", "trusted-root-tsa-before-valid-for",
            "trusted-root-tsa-after-valid-for",
        ])
    func untrusted(root: String) throws {
        let service = ScriptedService([.answer(200, response)])
        let error = try error(service, root: root)

        #expect(service.calls.count == 1)
        #expect(error.className == "timestamp")
    }

    @Test("what is no timestamp is asked for once more", arguments: [[], [0x30], [0x30, 0]])
    func unreadable(body: [UInt8]) throws {
        let service = ScriptedService([.answer(200, body), .answer(200, response)])

        #expect(try timestamp(service) == response)
        #expect(try error(ScriptedService([.answer(200, body)])).className == "bad-response")
    }

    @Test("a transient status is for another attempt", arguments: Status.transient)
    func transient(status: Int) throws {
        let service = ScriptedService([.answer(status, "<html>"), .answer(201, response)])

        #expect(try timestamp(service) == response)
        #expect(service.pauses == [.seconds(1)])
    }

    @Test("any other status is refused at once", arguments: Status.permanent)
    func permanent(status: Int) throws {
        let service = ScriptedService([.answer(status, #"{"code":400,"message":"bad hash"}"#)])
        let error = try error(service)

        #expect(service.calls.count == 1)
        #expect(error.className == "refused")
        #expect(
            "\(error)".hasPrefix(
                "timestamp authority: POST https://tsa.example/api/v1/timestamp: status \(status)"))
    }

    /// A `TimeStampResp` of a status alone.
    private static func status(_ status: UInt8) -> ScriptedService.Answer {
        .answer(200, [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, status])
    }
}
