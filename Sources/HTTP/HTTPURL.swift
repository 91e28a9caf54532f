import CCurl

/// The address of a service, checked before anything is sent to it.
///
/// https, or plain http to a loopback address (`127.0.0.0/8`, `::1`, `localhost`) or by
/// `init(metadata:)`. Read by libcurl's own parser, so nothing is checked that is not also used.
/// User info and query may hold secrets: `description` has neither.
package struct HTTPURL: Hashable, Sendable {
    /// The whole address, for libcurl only.
    let text: String
    /// Scheme, host, port and path.
    package let description: String
    /// The other end is this machine, or the metadata service beside it: no proxy is asked, and
    /// plain http is fine.
    package let isLocal: Bool
    /// Plain http is fine.
    let mayBePlain: Bool
    /// As written, an IPv6 address in brackets.
    package let host: String
    package let port: Int
    /// Texts of the address that no message may show.
    let secrets: [String]
    /// Scheme, host and port: what a connection is to.
    let origin: String

    package init(_ text: String) throws(HTTPFailure) {
        try self.init(CurlURL(text))
    }

    /// Where the same connection leads.
    init(origin url: HTTPURL) throws(HTTPFailure) {
        try self.init(CurlURL(url.origin), mayBePlain: url.mayBePlain)
    }

    /// The address of something that a cloud's metadata service tells the machine it runs.
    ///
    /// The one other plain http: always to 169.254.169.254, which no name server has a say in and
    /// no router passes on (RFC 3927 §7).
    ///
    /// - Parameter path: The path with its leading slash, and a query, both percent-encoded.
    package init(metadata path: String) throws(HTTPFailure) {
        // Then nothing of it can be read as a host.
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw .invalidURL(reason: "no path")
        }
        try self.init(CurlURL("http://169.254.169.254" + path), isMetadata: true)
    }

    /// The address of a service that its user has chosen plain http for, on whatever machine, such as a
    /// collector of traces in one's own network.
    package init(plainIfAsked text: String) throws(HTTPFailure) {
        try self.init(CurlURL(text), mayBePlain: true)
    }

    private init(
        _ url: borrowing CurlURL, isMetadata: Bool = false, mayBePlain: Bool = false
    ) throws(HTTPFailure) {
        guard let whole = url[CURLUPART_URL], let scheme = url[CURLUPART_SCHEME],
            let host = url[CURLUPART_HOST], let path = url[CURLUPART_PATH]
        else { throw .invalidURL(reason: "no host") }

        text = whole
        self.host = host
        port = url[CURLUPART_PORT, CURLU_DEFAULT_PORT].flatMap { Int($0) } ?? 0
        origin = "\(scheme)://\(host)\(url[CURLUPART_PORT].map { ":\($0)" } ?? "")"
        description = origin + path
        isLocal = isMetadata || Self.isLoopback(host)
        self.mayBePlain = isLocal || mayBePlain
        secrets = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY].compactMap { url[$0] }
        guard scheme == "https" || scheme == "http" else {
            throw .invalidURL(reason: "the scheme is \(scheme), not https")
        }
        if scheme == "http", !self.mayBePlain { throw .plainHTTP(url: description) }
    }

    /// The address of something below this one: `path` has no leading slash, its segments are
    /// percent-encoded here, and none may be `.` or `..`.
    package func appending(path: String) throws(HTTPFailure) -> HTTPURL {
        let url = try CurlURL(text)
        var segments = (url[CURLUPART_PATH] ?? "").split(separator: "/").map(String.init)
        for segment in path.split(separator: "/") {
            if segment == "." || segment == ".." {
                throw .invalidURL(reason: "the path \(path) does not lead downwards")
            }
            segments.append(try CurlURL.percentEncoded(String(segment)))
        }
        try url.set(CURLUPART_PATH, "/" + segments.joined(separator: "/"))
        return try HTTPURL(url)
    }

    /// The address that a reference within an answer leads to, such as that of a `Location` (RFC 3986
    /// §5.2).
    package func resolving(_ reference: String) throws(HTTPFailure) -> HTTPURL {
        let url = try CurlURL(text)
        try url.set(CURLUPART_URL, reference)
        return try HTTPURL(url)
    }

    /// The same with one more parameter of the query, which is percent-encoded here.
    package func adding(query name: String, _ value: String) throws(HTTPFailure) -> HTTPURL {
        let url = try CurlURL(text)
        try url.set(
            CURLUPART_QUERY, "\(name)=\(value)", CURLU_APPENDQUERY | CURLU_URLENCODE)
        return try HTTPURL(url)
    }

    /// The whole address, with what `description` leaves out: to be asked again, not to be shown.
    package var whole: String { text }

    /// Whether scheme, host and port are the same.
    package func hasSameOrigin(as other: HTTPURL) -> Bool {
        host.lowercased() == other.host.lowercased() && port == other.port
            && text.hasPrefix("https:") == other.text.hasPrefix("https:")
    }

    private static func isLoopback(_ host: String) -> Bool {
        if let address = IPAddress(host), address.isIPv4 { return address.bytes[0] == 127 }
        return host == "[::1]" || host.lowercased() == "localhost"
    }
}

/// Stored as it is shown: without user, password and query.
extension HTTPURL: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension HTTPURL: CustomStringConvertible, CustomReflectable {
    package var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}
