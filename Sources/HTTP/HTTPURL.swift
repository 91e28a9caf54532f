import CCurl
import Glibc

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
    let isLocal: Bool
    /// As written, an IPv6 address in brackets.
    let host: String
    let port: Int
    /// Texts of the address that no message may show.
    let secrets: [String]

    package init(_ text: String) throws(HTTPFailure) {
        try self.init(CurlURL(text))
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

    private init(_ url: borrowing CurlURL, isMetadata: Bool = false) throws(HTTPFailure) {
        guard let whole = url[CURLUPART_URL], let scheme = url[CURLUPART_SCHEME],
            let host = url[CURLUPART_HOST], let path = url[CURLUPART_PATH]
        else { throw .invalidURL(reason: "no host") }

        text = whole
        self.host = host
        port = url[CURLUPART_PORT, CURLU_DEFAULT_PORT].flatMap { Int($0) } ?? 0
        description = "\(scheme)://\(host)\(url[CURLUPART_PORT].map { ":\($0)" } ?? "")\(path)"
        isLocal = isMetadata || Self.isLoopback(host)
        secrets = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY].compactMap { url[$0] }
        guard scheme == "https" || scheme == "http" else {
            throw .invalidURL(reason: "the scheme is \(scheme), not https")
        }
        if scheme == "http", !isLocal { throw .plainHTTP(url: description) }
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
        try url.setPath("/" + segments.joined(separator: "/"))
        return try HTTPURL(url)
    }

    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 {
            return UInt32(bigEndian: address.s_addr) >> 24 == 127
        }
        return host == "[::1]" || host.lowercased() == "localhost"
    }
}

extension HTTPURL: CustomStringConvertible, CustomReflectable {
    package var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

/// Owns one URL of libcurl's parser.
private struct CurlURL: ~Copyable {
    private let handle: OpaquePointer

    init(_ text: String) throws(HTTPFailure) {
        // What libcurl sees ends at a zero byte.
        guard !text.utf8.contains(0) else { throw .invalidURL(reason: "zero byte") }
        guard let handle = curl_url() else { throw .setUp("make an object of libcurl") }
        let code = curl_url_set(handle, CURLUPART_URL, text, 0)
        guard code == CURLUE_OK else {
            curl_url_cleanup(handle)
            throw Self.failure(code)
        }
        self.handle = handle
    }

    deinit {
        curl_url_cleanup(handle)
    }

    subscript(part: CURLUPart, flags: Int32 = 0) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &value, UInt32(flags)) == CURLUE_OK, let value else {
            return nil
        }
        defer { curl_free(value) }
        return String(cString: value)
    }

    func setPath(_ path: String) throws(HTTPFailure) {
        let code = curl_url_set(handle, CURLUPART_PATH, path, 0)
        guard code == CURLUE_OK else { throw Self.failure(code) }
    }

    static func percentEncoded(_ segment: String) throws(HTTPFailure) -> String {
        guard let count = Int32(exactly: segment.utf8.count),
            let encoded = curl_easy_escape(nil, segment, count)
        else { throw .setUp("percent-encode a path") }
        defer { curl_free(encoded) }
        return String(cString: encoded)
    }

    /// libcurl's texts for these codes quote nothing of the address.
    private static func failure(_ code: CURLUcode) -> HTTPFailure {
        .invalidURL(reason: curl_url_strerror(code).map { String(cString: $0) } ?? "")
    }
}
