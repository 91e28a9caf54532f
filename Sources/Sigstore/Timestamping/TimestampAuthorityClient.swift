package import HTTP
package import RetryEngine
import SigningCrypto

/// Asks a timestamp authority when a signature existed.
///
/// Source: RFC 3161 §2.4 and, for HTTP, §3.4.
package struct TimestampAuthorityClient<Clock: RetryClock> {
    private let url: HTTPURL
    private let client: HTTPClient<Clock>
    private let verifier: Verifier
    private let nonce: () -> UInt64

    /// - Parameters:
    ///   - url: The whole address, not a base.
    ///   - nonce: Makes the number that one question and its answer share: unpredictable, not zero.
    package init(
        _ url: HTTPURL, client: HTTPClient<Clock>, trustedRoot: TrustedRoot,
        nonce: @escaping () -> UInt64 = { .random(in: 1...(.max)) }
    ) {
        self.url = url
        self.client = client
        verifier = Verifier(trustedRoot: trustedRoot)
        self.nonce = nonce
    }

    /// The authority's answer, a `TimeStampResp` in DER, once it has shown to be a trusted one's for
    /// these bytes and for our own question.
    ///
    /// Each attempt asks with a nonce of its own. An answer to another question is asked for once
    /// more: something in between may keep answers.
    package func timestamp(
        of signature: [UInt8], deadline: Clock.Instant
    ) throws(TimestampAuthorityError) -> [UInt8] {
        let imprint = Digest(of: signature)
        var asked: [UInt8] = []
        let outcome = client.send("POST \(url)", deadline: deadline) { () throws(HTTPFailure) in
            let nonce = self.nonce().bigEndianBytes
            asked = nonce
            return try request(imprint, nonce: nonce)
        }
        do {
            let response = try outcome.result.get().body
            _ = try TimestampToken(response: response)
            if case .failure(let reason) = verifier.verifiedTime(
                of: response, signature: signature, nonce: asked)
            {
                throw TimestampAuthorityError.untrusted(service: "\(url)", reason: reason.text)
            }
            return response
        } catch let error as HTTPError {
            throw .call(error)
        } catch let error as TimestampError {
            throw .refused(service: "\(url)", error)
        } catch {
            throw error as? TimestampAuthorityError
                ?? .untrusted(service: "\(url)", reason: "\(error)")
        }
    }

    private func request(
        _ imprint: Digest, nonce: [UInt8]
    ) throws(HTTPFailure) -> HTTPRequest {
        guard let question = try? TimestampRequest(imprint: imprint, nonce: nonce) else {
            throw .setUp("make a timestamp request")
        }
        return try HTTPRequest(
            .post(body: question.der, contentType: "application/timestamp-query"), url,
            headers: [HTTPHeader("Accept", "application/timestamp-reply")],
            validate: { try Self.check($0, imprint, nonce: nonce) })
    }

    /// Whether this is an answer to that question, be it a refusal.
    private static func check(
        _ response: HTTPResponse, _ imprint: Digest, nonce: [UInt8]
    ) throws {
        let token: TimestampToken
        do {
            token = try TimestampToken(response: response.body)
        } catch {
            guard case .notGranted(let status, _) = error else { throw error }
            if status == waiting { throw HTTPFailure.notYet(reason: "\(error)") }
            return
        }
        let expected = Array(nonce.drop { $0 == 0 })
        guard token.nonce == expected else {
            throw TimestampError.otherNonce(expected: expected.hex, found: token.nonce?.hex)
        }
        guard token.imprint == imprint else {
            throw TimestampError.otherImprint(expected: imprint.hex, found: token.imprint.hex)
        }
    }
}

/// RFC 3161 §2.4.2: `PKIStatus` of a request that has been received and not yet worked on.
private let waiting: Int64 = 3
