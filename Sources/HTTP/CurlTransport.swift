import CCurl
import Glibc

/// Exchanges over libcurl's multi interface, any number at once on the thread that waits. The
/// connections are kept and shared.
///
/// Certificates are always verified. Redirects are followed for a GET without secret headers only,
/// up to 5, to https only.
package final class CurlTransport: HTTPTransport {
    private let multi: UnsafeMutableRawPointer
    private var settings: CurlSettings
    private let cancellation: Int32?
    private let whileWaiting: () -> Void
    private var transfers: [Int: CurlTransfer] = [:]
    private var idle: [CurlHandle] = []
    /// Transfers that open a connection, and exchanges that wait for one, by where they lead.
    private var openings: [String: (number: Int, waiting: [Waiting])] = [:]
    private var known: Set<String> = []
    /// Ends of exchanges that nobody has asked for yet.
    private var ended: [(number: Int, result: Result<HTTPResponse, HTTPFailure>)] = []

    /// - Parameters:
    ///   - cancellation: A descriptor that ends every exchange once there is something to read, or
    ///     its other end is closed. Nothing is read from it.
    ///   - connectLimit: The longest wait for a connection, with name and TLS; an attempt's own limit
    ///     holds as well.
    ///   - whileWaiting: Called about once a second while something is waited for.
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
            let handle = try CurlHandle()
            settings = CurlSettings(
                userAgent: userAgent, certificateAuthorities: certificateAuthorities,
                looseCertificates: certificateAuthorities.looseCertificates(
                    beside: handle.text(CURLINFO_CAINFO)),
                readsCertificateFile: !certificateAuthorities.areIndexed(
                    folders: handle.text(CURLINFO_CAPATH)),
                proxy: proxy, connectLimit: connectLimit)
            idle = [handle]
        } catch {
            curl_multi_cleanup(multi)
            throw error
        }
        self.multi = multi
        self.cancellation = cancellation
        self.whileWaiting = whileWaiting
    }

    deinit {
        for transfer in transfers.values {
            curl_multi_remove_handle(multi, transfer.handle.pointer)
        }
        curl_multi_cleanup(multi)
    }

    private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private typealias Waiting = (request: HTTPRequest, timeout: Duration?, number: Int)

    /// The longest that an exchange waits for a connection that is being opened.
    private static let openingLimit = Duration.seconds(2)

    /// Asks for next to nothing, and ignores the answer: the connection stays.
    package func prepare(_ url: HTTPURL) {
        guard known.insert(url.origin).inserted, let root = try? HTTPURL(origin: url),
            let request = try? HTTPRequest(.get, root, bodyLimit: 1 << 16)
        else { return }
        let number = -known.count
        openings[url.origin] = (number, [])
        start(request, timeout: Self.openingLimit, as: number)
    }

    package func begin(_ request: HTTPRequest, timeout: Duration?, as number: Int) {
        known.insert(request.url.origin)
        if openings[request.url.origin] != nil {
            openings[request.url.origin]?.waiting.append((request, timeout, number))
        } else {
            start(request, timeout: timeout, as: number)
        }
    }

    private func start(_ request: HTTPRequest, timeout: Duration?, as number: Int) {
        do throws(HTTPFailure) {
            let transfer = try CurlTransfer(
                request, timeout: timeout, settings, handle: try freeHandle())
            guard curl_multi_add_handle(multi, transfer.handle.pointer) == CURLM_OK else {
                throw .setUp("begin a transfer of libcurl")
            }
            transfers[number] = transfer
        } catch {
            tell(number, .failure(error))
        }
    }

    private func freeHandle() throws(HTTPFailure) -> CurlHandle {
        if let handle = idle.popLast() { return handle }
        return try CurlHandle()
    }

    package func wait(for duration: Duration?) -> HTTPProgress {
        let end = duration.map { ContinuousClock.now.advanced(by: $0) }
        while true {
            // A cancellation counts more than an answer that came with it.
            if isCancelled { return cancel() }
            perform()
            if !ended.isEmpty {
                defer { ended = [] }
                return .ended(ended)
            }
            let left = end.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(1)
            if left <= .zero { return .timePassed }
            poll(for: min(left, .seconds(1)))
            whileWaiting()
        }
    }

    /// Waits for that long, while the exchanges go on; what has ended is told by the next `wait`.
    /// - Returns: False where a cancellation ended it.
    package func pause(for duration: Duration) -> Bool {
        let end = ContinuousClock.now.advanced(by: duration)
        while true {
            if isCancelled { return false }
            perform()
            let left = ContinuousClock.now.duration(to: end)
            if left <= .zero { return true }
            poll(for: min(left, .seconds(1)))
            whileWaiting()
        }
    }

    /// Lets libcurl go on with all transfers, and takes in those that have ended.
    private func perform() {
        guard !transfers.isEmpty else { return }
        var running: Int32 = 0
        guard curl_multi_perform(multi, &running) == CURLM_OK else {
            for number in transfers.keys.sorted() { end(number, CURLE_FAILED_INIT) }
            return
        }
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let number = transfers.first(where: {
                    $0.value.handle.pointer == message.pointee.easy_handle
                })?.key
            else { continue }
            end(number, message.pointee.data.result)
        }
    }

    private func end(_ number: Int, _ code: CURLcode) {
        guard let transfer = transfers[number] else { return }
        if transfer.needsCertificateFile(code) {
            // Nothing was sent yet.
            settings.readsCertificateFile = true
            release(number)
            start(transfer.request, timeout: transfer.timeLeft, as: number)
            return
        }
        let result = transfer.result(code)
        release(number)
        tell(number, result)
    }

    private func tell(_ number: Int, _ result: Result<HTTPResponse, HTTPFailure>) {
        guard let opening = openings.first(where: { $0.value.number == number }) else {
            ended.append((number, result))
            return
        }
        openings[opening.key] = nil
        for waiting in opening.value.waiting {
            start(waiting.request, timeout: waiting.timeout, as: waiting.number)
        }
    }

    private func release(_ number: Int) {
        guard let transfer = transfers.removeValue(forKey: number) else { return }
        curl_multi_remove_handle(multi, transfer.handle.pointer)
        transfer.handle.reset()
        idle.append(transfer.handle)
    }

    private func cancel() -> HTTPProgress {
        let sent = transfers.filter(\.value.wasSent).keys
        for number in Array(transfers.keys) { release(number) }
        (ended, openings) = ([], [:])
        return .cancelled(sent: Set(sent))
    }

    private func poll(for duration: Duration) {
        var watched = curl_waitfd(
            fd: cancellation ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        curl_multi_poll(
            multi, &watched, cancellation == nil ? 0 : 1, Int32(duration.milliseconds), nil)
    }

    private var isCancelled: Bool {
        guard let cancellation else { return false }
        var watched = pollfd(fd: cancellation, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&watched, 1, 0) > 0
    }
}
