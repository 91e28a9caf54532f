import CCurl
import Glibc

/// Exchanges over libcurl. One value keeps its connections open and serves one thread.
///
/// Certificates are always verified. Redirects are followed for a GET without secret headers only,
/// up to 5, to https only.
package final class CurlTransport: HTTPTransport {
    private let multi: UnsafeMutableRawPointer
    private let handle: CurlHandle
    private let userAgent: String
    private let certificateAuthorities: CertificateAuthorities
    /// PEM certificates of folders without an index, beside those of the file.
    private let looseCertificates: [UInt8]
    private let proxy: ProxySettings
    private let cancellation: Int32?
    private let connectLimit: Duration
    private let whileWaiting: () -> Void

    /// - Parameters:
    ///   - cancellation: A descriptor that ends every exchange once there is something to read, or
    ///     its other end is closed. Nothing is read from it.
    ///   - connectLimit: The longest wait for a connection, with name and TLS; an attempt's own limit
    ///     holds as well.
    ///   - whileWaiting: Called about once a second during an exchange.
    package init(
        userAgent: String, certificateAuthorities: CertificateAuthorities = .system,
        proxy: ProxySettings = .none, cancellation: Int32? = nil,
        connectLimit: Duration = .seconds(10),
        whileWaiting: @escaping () -> Void = {}
    ) throws(HTTPFailure) {
        guard Self.isInitialized, let multi = curl_multi_init() else {
            throw .setUp("initialize libcurl")
        }
        do throws(HTTPFailure) {
            handle = try CurlHandle()
        } catch {
            curl_multi_cleanup(multi)
            throw error
        }
        self.multi = multi
        self.userAgent = userAgent
        self.certificateAuthorities = certificateAuthorities
        looseCertificates = certificateAuthorities.looseCertificates(
            beside: handle.text(CURLINFO_CAINFO))
        self.proxy = proxy
        self.cancellation = cancellation
        self.connectLimit = connectLimit
        self.whileWaiting = whileWaiting
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    package func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        if isCancelled { throw .cancelled(wasSent: false) }
        let exchange = CurlExchange(
            bodyLimit: request.bodyLimit, isSentOnce: request.body != nil)
        let headers = HeaderList()
        handle.reset()
        defer {
            handle.reset()
            // libcurl has the addresses of both until here.
            withExtendedLifetime((exchange, headers)) {}
        }
        try configure(for: request, headers, timeout: timeout)
        try exchange.attach(to: handle)

        let code = try run(exchange)
        switch exchange.stop {
        case .tooLong(let limit): throw .tooLarge(limit: limit)
        case .sentAlready:
            throw .unknownOutcome(reason: "the connection was closed without an answer")
        case .enough, nil: break
        }
        if let response = exchange.response, exchange.hasHeaders {
            // Of a failed request only the status counts, so its body may be cut off.
            if code == CURLE_OK || exchange.stop == .enough || response.status >= 400 {
                return response
            }
        }
        throw TransferEnd(
            code: code, message: handle.lastMessage, wasSent: exchange.wasSent,
            status: exchange.status, proxyStatus: handle.number(CURLINFO_HTTP_CONNECTCODE),
            verification: handle.number(CURLINFO_SSL_VERIFYRESULT),
            trustAdvice: certificateAuthorities.advice,
            secrets: request.secrets + proxy.secrets
        ).failure
    }

    private func configure(
        for request: HTTPRequest, _ headers: HeaderList, timeout: Duration
    ) throws(HTTPFailure) {
        try handle.set(CURLOPT_URL, request.url.text)
        try handle.set(CURLOPT_PROTOCOLS_STR, request.url.isLocal ? "https,http" : "https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try handle.set(CURLOPT_FOLLOWLOCATION, request.followsRedirects)
        try handle.set(CURLOPT_MAXREDIRS, 5)
        try handle.set(CURLOPT_USERAGENT, userAgent)
        // One exchange at a time gains nothing by HTTP/2, whose streams and connections balancers end
        // in more ways. An empty list of encodings stands for all that libcurl can undo.
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")

        try handle.set(CURLOPT_TIMEOUT_MS, timeout.milliseconds)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, connectLimit.milliseconds)
        try handle.set(CURLOPT_NOSIGNAL, true)
        // No wait for a name server when a transfer is given up.
        try handle.set(CURLOPT_QUICK_EXIT, true)

        try handle.set(CURLOPT_SSL_VERIFYPEER, true)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try configureTrust()

        // An empty text keeps libcurl from reading the environment itself.
        try handle.set(CURLOPT_PROXY, proxy.proxy(for: request.url))
        try handle.set(CURLOPT_NOPROXY, "")
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)

        if let body = request.body {
            try handle.set(CURLOPT_POST, true)
            try handle.setBody(body)
        }
        for header in request.headers {
            try headers.append(
                header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        // Else libcurl waits a second before a long body.
        try headers.append("Expect:")
        try handle.set(headers)
    }

    /// What is not set is as libcurl was built: the system's.
    private func configureTrust() throws(HTTPFailure) {
        if let file = certificateAuthorities.file {
            for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] {
                try handle.set(option, file.path)
            }
        }
        if let folders = certificateAuthorities.folders {
            for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] {
                try handle.set(option, folders.path)
            }
        }
        guard !looseCertificates.isEmpty else { return }
        for option in [CURLOPT_CAINFO_BLOB, CURLOPT_PROXY_CAINFO_BLOB] {
            try handle.set(option, blob: looseCertificates)
        }
    }

    /// Runs the transfer to its end, or until it is cancelled.
    private func run(_ exchange: CurlExchange) throws(HTTPFailure) -> CURLcode {
        guard curl_multi_add_handle(multi, handle.pointer) == CURLM_OK else {
            throw .setUp("begin a transfer of libcurl")
        }
        defer { curl_multi_remove_handle(multi, handle.pointer) }
        var watched = curl_waitfd(
            fd: cancellation ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        let watchedCount: UInt32 = cancellation == nil ? 0 : 1
        while true {
            var running: Int32 = 0
            guard curl_multi_perform(multi, &running) == CURLM_OK else {
                return CURLE_FAILED_INIT
            }
            if running == 0 { break }
            guard curl_multi_poll(multi, &watched, watchedCount, 1000, nil) == CURLM_OK else {
                return CURLE_FAILED_INIT
            }
            if isCancelled { throw .cancelled(wasSent: exchange.wasSent) }
            whileWaiting()
        }
        var left: Int32 = 0
        let message = curl_multi_info_read(multi, &left)
        return message?.pointee.data.result ?? CURLE_FAILED_INIT
    }

    private var isCancelled: Bool {
        guard let cancellation else { return false }
        var watched = pollfd(fd: cancellation, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) > 0
    }
}

extension Duration {
    /// Whole milliseconds, rounded up: to libcurl 0 is no limit at all.
    fileprivate var milliseconds: Int {
        let bounded = min(max(self, .milliseconds(1)), .milliseconds(Int32.max))
        return Int((bounded.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
