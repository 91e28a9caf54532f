import CCurl

/// Owns one URL of libcurl's parser.
struct CurlURL: ~Copyable {
    private let handle: OpaquePointer

    init(_ text: String, _ flags: Int32 = 0) throws(HTTPFailure) {
        // What libcurl sees ends at a zero byte.
        guard !text.utf8.contains(0) else { throw .invalidURL(reason: "zero byte") }
        guard let handle = curl_url() else { throw .setUp("make an object of libcurl") }
        let code = curl_url_set(handle, CURLUPART_URL, text, UInt32(flags))
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

    func set(_ part: CURLUPart, _ value: String, _ flags: Int32 = 0) throws(HTTPFailure) {
        guard !value.utf8.contains(0) else { throw .invalidURL(reason: "zero byte") }
        let code = curl_url_set(handle, part, value, UInt32(flags))
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
