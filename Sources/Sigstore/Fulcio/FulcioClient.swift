package import HTTP
import JSON
package import RetryEngine
package import SigningCrypto

/// Asks a certificate authority for a certificate that binds a key to an identity.
///
/// Source: sigstore/fulcio, `fulcio.proto`, API version 2.
package struct FulcioClient<Clock: RetryClock> {
    private let url: HTTPURL
    private let client: HTTPClient<Clock>

    /// - Parameter url: The base of the authority's API.
    package init(_ url: HTTPURL, client: HTTPClient<Clock>) {
        self.url = url
        self.client = client
    }

    /// A certificate for the key, which the authority has found to be that of the token's bearer.
    ///
    /// Asking again is safe: it costs one more entry in the log of certificates. A certificate for
    /// another key answers another's question, and is asked for once more.
    /// - Parameter token: Gives the identity token of each attempt; no message shows it.
    package func certificate(
        for key: PrivateKey, token: () throws(IdentityError) -> IdentityToken,
        deadline: Clock.Instant
    ) throws(FulcioError) -> IssuedCertificate {
        let body: [UInt8]
        do {
            body = try Self.body(CertificateSigningRequest(key: key))
        } catch {
            throw .signingRequest(error)
        }
        let publicKey = key.publicKey
        var lack: IdentityError?
        let outcome = client.send("POST \(url)", deadline: deadline) { () throws(HTTPFailure) in
            let bearer: String
            do throws(IdentityError) {
                bearer = try token().text
            } catch {
                lack = error
                throw .setUp("send an identity token")
            }
            return try HTTPRequest(
                .post(body: body, contentType: "application/json"),
                url.appending(path: "api/v2/signingCert"),
                headers: [
                    HTTPHeader("Authorization", "Bearer \(bearer)", isSecret: true),
                    HTTPHeader("Accept", "application/json"),
                ],
                validate: { try Self.read($0, for: publicKey) })
        }
        if let lack { throw .identity(lack) }
        do {
            return try Self.read(outcome.result.get(), for: publicKey)
        } catch let error as HTTPError {
            throw error.refusesToken ? .identityToken(error) : .call(error)
        } catch {
            throw error as? FulcioError ?? .unreadable("\(error)")
        }
    }

    /// The proof that we hold the key is the request's own signature.
    private static func body(_ request: CertificateSigningRequest) -> [UInt8] {
        let body: JSONValue = ["certificateSigningRequest": .bytes(Array(request.pem.utf8))]
        return body.text()
    }

    @discardableResult
    private static func read(
        _ response: HTTPResponse, for key: PublicKey
    ) throws -> IssuedCertificate {
        let issued = try IssuedCertificate(json: response.body)
        guard issued.leaf.publicKey == key else { throw FulcioError.otherKey }
        return issued
    }
}

extension HTTPError {
    /// Fulcio says so of a token that is expired, for another audience or of an unknown issuer, and
    /// also when it could not get the issuer's keys.
    fileprivate var refusesToken: Bool {
        guard case .status(400, _, _, let excerpt) = failure else { return false }
        return excerpt.contains("processing the identity token")
    }
}
