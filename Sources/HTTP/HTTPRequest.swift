/// One question to a service, and what counts as an answer to it.
package struct HTTPRequest {
    package enum Method {
        case get
        case post(body: [UInt8], contentType: String)
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
    /// Reads a 2xx answer as the caller will. One that it throws at is asked for once more; where
    /// it throws an `HTTPFailure`, such as `.notYet`, that is how the attempt has failed.
    package let validate: ((HTTPResponse) throws -> Void)?
    /// Texts that no message shows, even where the service repeats them.
    let secrets: [String]

    /// - Parameters:
    ///   - secrets: Texts within the body that no message may show. The values of secret headers,
    ///     the query and the user info of the URL are known already.
    /// - Throws: `.invalidHeader` for a name or value that would not stay on its line.
    package init(
        _ method: Method, _ url: HTTPURL, headers: [HTTPHeader] = [], secrets: [String] = [],
        answers: Set<Int> = [], transientStatuses: Set<Int> = [],
        bodyLimit: Int = defaultBodyLimit, validate: ((HTTPResponse) throws -> Void)? = nil
    ) throws(HTTPFailure) {
        self.url = url
        self.method = method
        self.answers = answers
        self.transientStatuses = transientStatuses
        self.bodyLimit = bodyLimit
        self.validate = validate
        var headers = headers
        if case .post(_, let contentType) = method {
            headers.append(HTTPHeader("Content-Type", contentType))
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
    var body: [UInt8]? {
        if case .post(let body, _) = method { body } else { nil }
    }

    /// A secret is for the address that it was given for, and a POST is not sent twice unasked.
    var followsRedirects: Bool {
        body == nil && !headers.contains(where: \.isSecret)
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(body == nil ? "GET" : "POST") \(url)" }
    package var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
