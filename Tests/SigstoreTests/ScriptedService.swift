import FoundationEssentials
import HTTP
import RetryEngine
import Testing

@testable import Sigstore

/// A service that answers by a script, its last step again and again, and keeps what it was asked.
final class ScriptedService: HTTPTransport {
    typealias Answer = Result<HTTPResponse, HTTPFailure>

    struct Call: Equatable {
        /// `POST https://log.example/api`
        let description: String
        let body: [UInt8]
        let contentType: String
        let headers: [HTTPHeader]
    }

    private let script: [(String) -> Answer]
    private let clock = RecordingClock()
    private(set) var calls: [Call] = []

    init(_ script: [Answer]) {
        self.script = script.map { answer in { _ in answer } }
    }

    /// - Parameter answer: The answer to a call, given its method and URL.
    init(answer: @escaping (String) -> Answer) {
        script = [answer]
    }

    var client: HTTPClient<RecordingClock> { HTTPClient(transport: self, clock: clock) }
    var deadline: RecordingClock.Instant { clock.now.advanced(by: .seconds(120)) }
    var pauses: [Duration] { clock.pauses }

    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        let (body, type): ([UInt8], String) =
            if case .post(let body, let type) = request.method { (body, type) } else { ([], "") }
        calls.append(
            Call(
                description: "\(request)", body: body, contentType: type, headers: request.headers))
        return try script[min(calls.count, script.count) - 1]("\(request)").get()
    }
}

extension ScriptedService.Call {
    subscript(header name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension Result where Success == HTTPResponse, Failure == HTTPFailure {
    static func answer(
        _ status: Int, _ body: String = "", headers: [String: String] = [:]
    ) -> Self {
        answer(status, Array(body.utf8), headers: headers)
    }

    static func answer(
        _ status: Int, _ body: [UInt8], headers: [String: String] = [:]
    ) -> Self {
        .success(
            HTTPResponse(
                status: status, headers: headers.map { HTTPHeader($0.key, $0.value) }, body: body,
                receivedAt: Date(timeIntervalSince1970: 1_768_478_400)))
    }

    /// The service did its part, and the answer was lost.
    static var lost: Self { .failure(.unknownOutcome(reason: "connection reset")) }
    static var refused: Self { .failure(.notSent(reason: "connection refused")) }
}

/// A clock that wakes at once and keeps the pauses.
final class RecordingClock: RetryClock {
    private(set) var now = ContinuousClock().now
    private(set) var pauses: [Duration] = []
    /// The pause, counted from 1, that a signal ends.
    var interruptedPause: Int?
    /// How much longer than asked for each pause lasts.
    var oversleep = Duration.zero

    func pause(for duration: Duration) -> Bool {
        pauses.append(duration)
        spend(duration + oversleep)
        return pauses.count != interruptedPause
    }

    func spend(_ duration: Duration) {
        now = now.advanced(by: duration)
    }
}

/// The statuses of which another attempt may get another, and those that it will not.
enum Status {
    static let transient = [408, 429, 499, 500, 502, 503, 504, 520, 524]
    static let permanent = [301, 302, 400, 401, 403, 404, 413, 415, 422, 501]
}

/// The error of a body; nil without one, or with one of another type.
func failure<E: Error>(_ type: E.Type = E.self, _ body: () throws -> some Any) -> E? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? E
    }
}
