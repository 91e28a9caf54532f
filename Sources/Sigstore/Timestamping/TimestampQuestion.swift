package import HTTP
import SigningCrypto

/// The question to a timestamp authority when a signature existed.
///
/// Source: RFC 3161 §2.4 and, for HTTP, §3.4.
package struct TimestampQuestion: Sendable {
    let url: HTTPURL
    private let signature: [UInt8]
    private let imprint: Digest
    private let nonces: @Sendable (_ attempt: Int) -> UInt64

    /// - Parameters:
    ///   - url: The whole address, not a base.
    ///   - nonces: The number that the question of an attempt and its answer share: unpredictable, not
    ///     zero, another one for each attempt.
    package init(
        _ url: HTTPURL, signature: [UInt8], nonces: @escaping @Sendable (_ attempt: Int) -> UInt64
    ) {
        self.url = url
        self.signature = signature
        imprint = Digest(of: signature)
        self.nonces = nonces
    }

    /// - Parameter seed: Random.
    package init(_ url: HTTPURL, signature: [UInt8], seed: UInt64 = .random(in: 0...(.max))) {
        self.init(
            url, signature: signature,
            nonces: { attempt in
                // An odd factor, so that no two attempts have the same.
                max(seed &+ UInt64(truncatingIfNeeded: attempt) &* 0x9E37_79B9_7F4A_7C15, 1)
            })
    }

    package func request(_ attempt: Int) throws(HTTPFailure) -> HTTPRequest {
        let nonce = nonces(attempt).bigEndianBytes
        guard let question = try? TimestampRequest(imprint: imprint, nonce: nonce) else {
            throw .setUp("make a timestamp request")
        }
        return try HTTPRequest(
            .post(body: question.der, contentType: "application/timestamp-query"), url,
            headers: [HTTPHeader("Accept", "application/timestamp-reply")])
    }

    /// The authority's answer, a `TimeStampResp` in DER, once it has shown to be a trusted one's for
    /// these bytes and for our own question.
    ///
    /// An answer to another question is worth asking again: something in between may keep answers.
    package func read(
        _ response: HTTPResponse, attempt: Int, trustedRoot: TrustedRoot
    ) throws -> [UInt8] {
        let nonce = nonces(attempt).bigEndianBytes
        let token: TimestampToken
        do {
            token = try TimestampToken(response: response.body)
        } catch {
            guard case .notGranted(let status, let failure, _) = error else { throw error }
            if status == waiting || failure?.isTransient == true {
                throw HTTPFailure.notYet(reason: "\(error)")
            }
            throw FinalAnswer(
                TimestampAuthorityError.refused(service: "\(url)", error))
        }
        let expected = Array(nonce.drop { $0 == 0 })
        guard token.nonce == expected else {
            throw TimestampError.otherNonce(expected: expected.hex, found: token.nonce?.hex)
        }
        guard token.imprint == imprint else {
            throw TimestampError.otherImprint(expected: imprint.hex, found: token.imprint.hex)
        }
        // Most other verifiers do not accept it.
        if token.isModified {
            throw FinalAnswer(
                TimestampAuthorityError.untrusted(
                    service: "\(url)", reason: "it was granted with changes"))
        }
        if case .failure(let reason) = Verifier(trustedRoot: trustedRoot).verifiedTime(
            of: token, signature: signature, nonce: nonce)
        {
            throw FinalAnswer(
                TimestampAuthorityError.untrusted(service: "\(url)", reason: reason.text))
        }
        return response.body
    }
}

/// RFC 3161 §2.4.2: `PKIStatus` of a request that has been received and not yet worked on.
private let waiting: Int64 = 3
