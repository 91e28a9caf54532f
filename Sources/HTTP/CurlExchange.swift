import CCurl
import FoundationEssentials

/// What libcurl has told of one exchange so far.
final class CurlExchange {
    /// Why the rest of an answer is not wanted.
    enum Stop: Equatable {
        /// The status says it all.
        case enough
        case tooLong(limit: Int)
        /// libcurl was about to send the same once more by itself.
        case sentAlready
        /// The address that a name has led to.
        case localPeer(String)
    }

    /// How much is kept of an answer that is no 2xx: 64 KiB.
    private static let otherBodyLimit = 1 << 16
    /// The most that the headers of an answer may have: 64 KiB.
    private static let headerLimit = 1 << 16

    private let bodyLimit: Int
    private let isSentOnce: Bool
    private let refusesLocalPeer: Bool
    /// The connection is made, and the request has begun to leave.
    private(set) var wasSent = false
    private var isPeerLocal = false
    private(set) var status: Int?
    /// The headers have all arrived.
    private(set) var hasHeaders = false
    private(set) var stop: Stop?
    private var headers: [HTTPHeader] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var receivedAt = Date()

    /// - Parameters:
    ///   - isSentOnce: Where a kept connection ends without an answer, libcurl would send the request again
    ///     over a new one. Of a POST that is for the retry engine to do, and to know.
    ///   - refusesLocalPeer: See `HTTPRequest`.
    init(bodyLimit: Int, isSentOnce: Bool, refusesLocalPeer: Bool) {
        self.bodyLimit = bodyLimit
        self.isSentOnce = isSentOnce
        self.refusesLocalPeer = refusesLocalPeer
    }

    var response: HTTPResponse? {
        status.map {
            var response = HTTPResponse(
                status: $0, headers: headers, body: body, receivedAt: receivedAt)
            response.isFromLocalPeer = isPeerLocal
            return response
        }
    }

    /// Hands itself to libcurl, which calls back until the handle is reset.
    func attach(to handle: CurlHandle) throws(HTTPFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let easy = handle.pointer
        for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_PREREQDATA] {
            try handle.check(curl_set_pointer(easy, option, context))
        }
        try handle.check(
            curl_set_write_function(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                CurlExchange.pass(bytes, size * count, context) { $0.takeHeader($1) }
            })
        try handle.check(
            curl_set_write_function(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                CurlExchange.pass(bytes, size * count, context) { $0.takeBody($1) }
            })
        try handle.check(
            curl_set_prereq_function(easy) { context, peer, _, _, _ in
                let peer = peer.map { String(cString: $0) } ?? ""
                return CurlExchange.of(context)?.begins(with: peer) == false
                    ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
            })
    }

    /// Takes note that the request leaves; false where it has done so before, or must not go there.
    private func begins(with peer: String) -> Bool {
        isPeerLocal = PeerAddress.isLocal(peer)
        if refusesLocalPeer, isPeerLocal {
            stop = .localPeer(peer)
            return false
        }
        if isSentOnce, wasSent {
            stop = .sentAlready
            return false
        }
        wasSent = true
        return true
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
        context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Passes arrived bytes on; any other count than theirs makes libcurl end the transfer.
    private static func pass(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        to take: (CurlExchange, UnsafeRawBufferPointer) -> Void
    ) -> Int {
        guard let exchange = of(context) else { return Int(CURL_WRITEFUNC_ERROR) }
        take(exchange, UnsafeRawBufferPointer(start: bytes, count: count))
        return exchange.stop == nil ? count : Int(CURL_WRITEFUNC_ERROR)
    }
}

// MARK: - What arrives

extension CurlExchange {
    private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        headerBytes += bytes.count
        guard headerBytes <= Self.headerLimit else {
            stop = .tooLong(limit: Self.headerLimit)
            return
        }
        if body.isEmpty, bytes.starts(with: "HTTP/".utf8) {
            // After an interim answer or a redirect another one begins.
            let words = bytes.split(separator: UInt8(ascii: " "))
            status = words.dropFirst().first.flatMap {
                Int(String(decoding: $0.prefix(3), as: UTF8.self))
            }
            headers = []
            hasHeaders = false
            receivedAt = Date()
        } else if bytes[...].trimmed.isEmpty {
            hasHeaders = true
        } else if !hasHeaders, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(
                HTTPHeader(bytes[..<colon].trimmed, bytes[(colon + 1)...].trimmed))
        }
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) {
        let isSuccess = status.map { 200..<300 ~= $0 } ?? true
        let limit = isSuccess ? bodyLimit : Self.otherBodyLimit
        let announced = body.isEmpty && isSuccess ? response?.announcedLength ?? 0 : 0
        if bytes.count > limit - body.count || announced > limit {
            stop = isSuccess ? .tooLong(limit: limit) : .enough
        }
        if stop == nil {
            body += bytes
        } else if !isSuccess {
            body += bytes.prefix(limit - body.count)
        }
    }
}

extension HTTPResponse {
    /// Of the bytes as they are read: what an encoding leaves of them says nothing.
    fileprivate var announcedLength: Int? {
        self[header: "Content-Encoding"] == nil
            ? self[header: "Content-Length"].flatMap { Int($0) } : nil
    }
}
