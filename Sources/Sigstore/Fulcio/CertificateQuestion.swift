package import HTTP
import JSON
package import OpenIDConnect
package import SigningCrypto

/// The question for a certificate that binds a key to an identity.
///
/// Asking again is safe: it costs one more entry in the log of certificates.
/// Source: sigstore/fulcio, `fulcio.proto`, API version 2.
package struct CertificateQuestion: Sendable {
    let url: HTTPURL
    private let key: PublicKey
    private let body: [UInt8]

    /// - Parameters:
    ///   - url: The base of the authority's API.
    ///   - key: Signs the request: that is the proof that we hold it.
    package init(_ url: HTTPURL, key: PrivateKey) throws(FulcioError) {
        self.url = url
        self.key = key.publicKey
        do {
            let request = try CertificateSigningRequest(key: key)
            let json: JSONValue = ["certificateSigningRequest": .bytes(Array(request.pem.utf8))]
            body = json.text()
        } catch {
            throw .signingRequest(error)
        }
    }

    /// - Parameter token: Of the identity; no message shows it.
    package func request(_ token: IdentityToken) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .post(body: body, contentType: "application/json"),
            url.appending(path: "api/v2/signingCert"),
            headers: [
                HTTPHeader("Authorization", "Bearer \(token.text)", isSecret: true),
                HTTPHeader("Accept", "application/json"),
            ])
    }

    /// The certificate in an answer. One for another key answers another's question.
    package func read(_ response: HTTPResponse) throws -> IssuedCertificate {
        let issued = try IssuedCertificate(json: response.body)
        guard issued.leaf.publicKey == key else { throw FulcioError.otherKey }
        return issued
    }

    /// What it means that there was no answer.
    package static func error(_ error: HTTPError) -> FulcioError {
        refusesToken(error.failure) ? .identityToken(error) : .call(error)
    }

    /// Fulcio says so of a token that is expired, for another audience or of an unknown issuer, and
    /// also when it could not get the issuer's keys.
    package static func refusesToken(_ failure: HTTPFailure) -> Bool {
        guard case .status(400, _, _, let excerpt) = failure else { return false }
        return excerpt.contains("processing the identity token")
    }
}
