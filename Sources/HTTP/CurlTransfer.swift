import CCurl

/// What all transfers of a transport have in common.
struct CurlSettings {
    let userAgent: String
    let certificateAuthorities: CertificateAuthorities
    /// PEM certificates of folders without an index, beside those of the file.
    let looseCertificates: [UInt8]
    /// The certificates of the file count beside those of the folders. To read them takes 40 ms for each
    /// connection, so this is false until a server is met whose authority is in no folder.
    var readsCertificateFile: Bool
    let proxy: ProxySettings
    let connectLimit: Duration
}

/// One exchange of libcurl, which has the addresses of all of it until the handle is reset.
final class CurlTransfer {
    let handle: CurlHandle
    let request: HTTPRequest
    private let settings: CurlSettings
    private let timeout: Duration?
    private let start = ContinuousClock.now
    private let exchange: CurlExchange
    /// Empty for none.
    private let proxy: String
    private let headers = HeaderList()

    init(
        _ request: HTTPRequest, timeout: Duration?, _ settings: CurlSettings, handle: CurlHandle
    ) throws(HTTPFailure) {
        self.request = request
        self.settings = settings
        self.timeout = timeout
        self.handle = handle
        proxy = settings.proxy.proxy(for: request.url)
        // Behind a proxy the other end of the connection is the proxy.
        exchange = CurlExchange(
            bodyLimit: request.bodyLimit, isSentOnce: request.body != nil,
            refusesLocalPeer: request.refusesLocalPeer && proxy.isEmpty)
        handle.reset()
        try configure(timeout)
        try exchange.attach(to: handle)
    }

    /// Whether the request has begun to leave.
    var wasSent: Bool { exchange.wasSent }

    /// Whether it may be that only the certificates of the file are missing.
    func needsCertificateFile(_ code: CURLcode) -> Bool {
        code == CURLE_PEER_FAILED_VERIFICATION && !settings.readsCertificateFile
    }

    /// What is left of the time for the exchange.
    var timeLeft: Duration? { timeout.map { $0 - start.duration(to: .now) } }

    /// - Parameter code: How libcurl has ended the transfer.
    func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPFailure> {
        switch exchange.stop {
        case .tooLong(let limit): return .failure(.tooLarge(limit: limit))
        case .sentAlready:
            return .failure(
                .unknownOutcome(reason: "the connection was closed without an answer"))
        case .localPeer(let address):
            return .failure(
                .transfer(
                    reason:
                        "\(request.url.host) stands for \(address), which is not on the Internet"))
        case .enough, nil: break
        }
        if let response = exchange.response, exchange.hasHeaders {
            // Of a failed request only the status counts, so its body may be cut off.
            if code == CURLE_OK || exchange.stop == .enough || response.status >= 400 {
                return .success(response)
            }
        }
        let result = CurlResult(
            code: code, message: handle.lastMessage, wasSent: exchange.wasSent,
            status: exchange.status, proxyStatus: handle.number(CURLINFO_HTTP_CONNECTCODE),
            verification: handle.number(CURLINFO_SSL_VERIFYRESULT),
            trustAdvice: settings.certificateAuthorities.advice,
            secrets: request.secrets + settings.proxy.secrets)
        return .failure(result.failure)
    }

    private func configure(_ timeout: Duration?) throws(HTTPFailure) {
        try handle.set(CURLOPT_URL, request.url.text)
        try handle.set(CURLOPT_PROTOCOLS_STR, request.url.mayBePlain ? "https,http" : "https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try handle.set(CURLOPT_FOLLOWLOCATION, request.followsRedirects)
        try handle.set(CURLOPT_MAXREDIRS, 5)
        try handle.set(CURLOPT_USERAGENT, settings.userAgent)
        // A few exchanges at a time gain nothing by HTTP/2, whose streams and connections balancers end
        // in more ways. An empty list of encodings stands for all that libcurl can undo.
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")

        if let timeout { try handle.set(CURLOPT_TIMEOUT_MS, timeout.milliseconds) }
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectLimit.milliseconds)
        try handle.set(CURLOPT_NOSIGNAL, true)
        // No wait for a name server when a transfer is given up.
        try handle.set(CURLOPT_QUICK_EXIT, true)

        try handle.set(CURLOPT_SSL_VERIFYPEER, true)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try configureTrust()

        // An empty text keeps libcurl from reading the environment itself.
        try handle.set(CURLOPT_PROXY, proxy)
        try handle.set(CURLOPT_NOPROXY, "")
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)

        switch request.method {
        case .get: break
        case .head: try handle.set(CURLOPT_NOBODY, true)
        case .post(let body, _):
            try handle.set(CURLOPT_POST, true)
            try handle.setBody(body)
        case .put(let body, _), .patch(let body, _):
            try handle.setBody(body)
            try handle.set(CURLOPT_CUSTOMREQUEST, request.method.name)
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
        let none = CertificateAuthorities.Place(path: nil)
        if let file = settings.readsCertificateFile ? settings.certificateAuthorities.file : none {
            for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] {
                try handle.set(option, file.path)
            }
        }
        if let folders = settings.certificateAuthorities.folders {
            for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] {
                try handle.set(option, folders.path)
            }
        }
        guard !settings.looseCertificates.isEmpty else { return }
        for option in [CURLOPT_CAINFO_BLOB, CURLOPT_PROXY_CAINFO_BLOB] {
            try handle.set(option, blob: settings.looseCertificates)
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up: to libcurl 0 is no limit at all.
    var milliseconds: Int {
        let bounded = min(max(self, .milliseconds(1)), .milliseconds(Int32.max))
        return Int((bounded.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
