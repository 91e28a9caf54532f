/// One question to a service, and what counts as an answer to it.
package struct HTTPRequest: Sendable {
    package enum Method: Sendable {
        case get
        /// As GET, without the body of the answer.
        case head
        case post(body: [UInt8], contentType: String)
        case put(body: [UInt8], contentType: String)
        case patch(body: [UInt8], contentType: String)
    }

    /// The most an answer may have, unless the request says otherwise: 10 MiB.
    package static let defaultBodyLimit = 10 << 20

    package let url: HTTPURL
    package let method: Method
    package let headers: [HTTPHeader]
    /// The statuses that are answers besides 2xx, such as 404 or 409.
    package let answers: Set<Int>
    /// The statuses that are worth another attempt besides those that always are.
    package let transientStatuses: Set<Int>
    /// The most bytes that the body of a 2xx answer may have; more is a permanent failure. Of other
    /// answers the first 64 KiB are kept.
    package let bodyLimit: Int
    /// The longest that the exchange may take, where that is less than its attempt's; nil for no limit.
    package var limit: Duration?
    /// Whether it is an address that a stranger has named, who must not lead us to this machine or to a
    /// cloud's metadata by a name that stands for them. Not looked at behind a proxy.
    package var refusesLocalPeer = false
    /// Whether a redirect is an answer, for the caller to judge where it leads.
    let keepsRedirects: Bool
    /// Texts that no message shows, even where the service repeats them.
    let secrets: [String]

    /// - Parameters:
    ///   - secrets: Texts within the body that no message may show. The values of secret headers,
    ///     the query and the user info of the URL are known already.
    /// - Throws: `.invalidHeader` for a name or value that would not stay on its line.
    package init(
        _ method: Method, _ url: HTTPURL, headers: [HTTPHeader] = [], secrets: [String] = [],
        answers: Set<Int> = [], transientStatuses: Set<Int> = [],
        bodyLimit: Int = defaultBodyLimit, keepsRedirects: Bool = false
    ) throws(HTTPFailure) {
        self.url = url
        self.method = method
        self.answers = answers
        self.transientStatuses = transientStatuses
        self.bodyLimit = bodyLimit
        self.keepsRedirects = keepsRedirects
        var headers = headers
        if let content = method.content {
            headers.append(HTTPHeader("Content-Type", content.contentType))
        }
        if let bad = headers.first(where: { !$0.isWellFormed }) {
            throw .invalidHeader(name: bad.name)
        }
        self.headers = headers
        // A service may repeat the token without the word before it.
        let values = headers.filter(\.isSecret).flatMap { header in
            [header.value] + header.value.split(separator: " ").dropFirst().map(String.init)
        }
        self.secrets = (secrets + values + url.secrets).filter { !$0.isEmpty }
    }

    /// The bytes to send; nil without any body.
    var body: [UInt8]? { method.content?.body }

    /// A secret is for the address that it was given for, and a POST is not sent twice unasked.
    var followsRedirects: Bool {
        body == nil && !keepsRedirects && !headers.contains(where: \.isSecret)
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(method.name) \(url)" }
    package var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}

extension HTTPRequest.Method {
    /// As it stands in the request.
    package var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        }
    }

    /// What is sent; nil without any body.
    package var content: (body: [UInt8], contentType: String)? {
        switch self {
        case .get, .head: nil
        case .post(let body, let type), .put(let body, let type), .patch(let body, let type):
            (body, type)
        }
    }
}
