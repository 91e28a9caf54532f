import CCurl

/// Owns libcurl's handle of one transfer at a time, and the text of its last error.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init() throws(HTTPFailure) {
        guard let made = curl_easy_init() else {
            message.deallocate()
            throw .setUp("make an object of libcurl")
        }
        pointer = made
    }

    deinit {
        curl_easy_cleanup(pointer)
        message.deallocate()
    }

    /// Forgets all options and every pointer they hold; connections stay.
    func reset() {
        curl_easy_reset(pointer)
        message.pointee = 0
        curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, message)
    }

    var lastMessage: String {
        String(cString: message)
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPFailure) {
        try check(curl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(HTTPFailure) {
        try set(option, value ? 1 : 0)
    }

    /// libcurl keeps a copy of the text.
    func set(_ option: CURLoption, _ value: String?) throws(HTTPFailure) {
        try check(curl_set_text(pointer, option, value))
    }

    /// Copies the bytes of a body.
    func setBody(_ bytes: [UInt8]) throws(HTTPFailure) {
        try check(curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, bytes.count))
        // An empty body is one, too: without an address libcurl would ask for bytes.
        let start: [UInt8] = bytes.isEmpty ? [0] : bytes
        try check(
            start.withUnsafeBytes {
                curl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
            })
    }

    /// Copies the bytes.
    func set(_ option: CURLoption, blob: [UInt8]) throws(HTTPFailure) {
        try check(
            blob.withUnsafeBytes {
                curl_set_blob(pointer, option, $0.baseAddress, $0.count)
            })
    }

    /// The list has to live until the next `reset`.
    func set(_ headers: HeaderList) throws(HTTPFailure) {
        try check(curl_set_list(pointer, CURLOPT_HTTPHEADER, headers.first))
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        curl_get_text(pointer, info, &value)
        return value.map { String(cString: $0) }
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        curl_get_long(pointer, info, &value)
        return value
    }

    func check(_ code: CURLcode) throws(HTTPFailure) {
        guard code != CURLE_OK else { return }
        throw .setUp("set an option of libcurl: \(String(cString: curl_easy_strerror(code)))")
    }
}

/// Owns a list of header lines.
final class HeaderList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    func append(_ line: String) throws(HTTPFailure) {
        guard let longer = curl_slist_append(first, line) else {
            throw .setUp("make a header of libcurl")
        }
        first = longer
    }

    deinit {
        curl_slist_free_all(first)
    }
}
