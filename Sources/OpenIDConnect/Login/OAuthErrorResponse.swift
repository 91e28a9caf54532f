import HTTP
import JSON

/// An issuer's no, in its own words (RFC 6749 §4.1.2.1, §5.2; RFC 8628 §3.5).
struct OAuthErrorResponse: Error, Equatable {
    /// `access_denied`
    let code: String
    /// One line of what the issuer says besides.
    private let detail: String

    init(code: String, description: String?, hiding secrets: [String]) {
        self.code = excerpt(of: code, hiding: secrets)
        detail = excerpt(of: description ?? "", hiding: secrets)
    }

    /// nil for an answer that is none of an issuer.
    init?(_ response: HTTPResponse, hiding secrets: [String]) {
        guard let node = try? JSONNode(parsing: response.body),
            let code = try? node.required("error").string
        else { return nil }
        let description = try? node.optional("error_description")?.string
        self.init(code: code, description: description, hiding: secrets)
    }
}

extension OAuthErrorResponse: CustomStringConvertible {
    var description: String { detail.isEmpty ? code : "\(code): \(detail)" }
}
