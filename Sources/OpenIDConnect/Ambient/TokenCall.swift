import HTTP
import JSON

extension HTTPClient {
    /// Asks a provider for something, by the rules of every call.
    ///
    /// The status is looked at before the body, and an answer that `read` cannot use is asked for
    /// once more.
    func ask<Value>(
        _ provider: String, _ method: HTTPRequest.Method,
        _ url: () throws(HTTPFailure) -> HTTPURL, headers: [HTTPHeader], deadline: Clock.Instant?,
        reading read: @escaping (HTTPResponse) throws(IdentityError) -> Value
    ) throws(IdentityError) -> Value {
        let request: HTTPRequest
        do {
            request = try HTTPRequest(
                method, url(), headers: headers, bodyLimit: tokenAnswerLimit)
        } catch {
            throw .call(provider: provider, HTTPError(call: "request", failure: error))
        }
        switch send(request, deadline: deadline, reading: { _ = try read($0) }).result {
        case .success(let response): return try read(response)
        case .failure(let error): throw .call(provider: provider, error)
        }
    }
}

/// Twice the longest token.
let tokenAnswerLimit = 2 * IdentityToken.lengthLimit

extension HTTPResponse {
    /// A token that is a member of the answer.
    func token(_ member: String, from provider: String) throws(IdentityError) -> IdentityToken {
        try IdentityToken(text(of: member, from: provider), from: provider)
    }

    func text(of member: String, from provider: String) throws(IdentityError) -> String {
        // What the reader says of the answer is not repeated: it may quote a token.
        guard let node = try? JSONNode(parsing: body), let text = try? node.required(member).string
        else {
            throw .malformed(
                source: provider,
                reason: "the answer is not a JSON object with the text '\(member)'")
        }
        return text
    }
}

extension HTTPHeader {
    static func authorization(_ scheme: String, _ secret: Secret) -> HTTPHeader {
        HTTPHeader("Authorization", "\(scheme) \(secret.text)", isSecret: true)
    }

    static let acceptJSON = HTTPHeader("Accept", "application/json")
}

extension HTTPRequest.Method {
    static func post(_ body: JSONValue) -> HTTPRequest.Method {
        .post(body: body.text(), contentType: "application/json")
    }
}
