import FoundationEssentials
package import HTTP
import RetryEngine

/// A service that answers by a script, its last step again and again, and keeps what it was asked.
package final class ScriptedService: SimulatedTransport {
    package let exchanges = SimulatedExchanges()
    package typealias Answer = Result<HTTPResponse, HTTPFailure>

    package struct Call: Equatable {
        /// `POST https://log.example/api`
        package let description: String
        package let body: [UInt8]
        package let contentType: String
        package let headers: [HTTPHeader]

        package init(
            description: String, body: [UInt8], contentType: String, headers: [HTTPHeader]
        ) {
            self.description = description
            self.body = body
            self.contentType = contentType
            self.headers = headers
        }
    }

    private let script: [(String) -> Answer]
    private let clock = RecordingClock()
    package private(set) var calls: [Call] = []

    package init(_ script: [Answer]) {
        self.script = script.map { answer in { _ in answer } }
    }

    /// - Parameter answer: The answer to a call, given its method and URL.
    package init(answer: @escaping (String) -> Answer) {
        script = [answer]
    }

    package var client: HTTPClient<RecordingClock> { HTTPClient(transport: self, clock: clock) }
    package var deadline: ContinuousClock.Instant { clock.now.advanced(by: .seconds(120)) }
    package var pauses: [Duration] { clock.pauses }

    package func exchange(
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
    package subscript(header name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension Result where Success == HTTPResponse, Failure == HTTPFailure {
    package static func answer(
        _ status: Int, _ body: String = "", headers: [String: String] = [:]
    ) -> Self {
        answer(status, Array(body.utf8), headers: headers)
    }

    package static func answer(
        _ status: Int, _ body: [UInt8], headers: [String: String] = [:]
    ) -> Self {
        .success(
            HTTPResponse(
                status: status, headers: headers.map { HTTPHeader($0.key, $0.value) }, body: body,
                receivedAt: Date(timeIntervalSince1970: 1_768_478_400)))
    }

    /// The service did its part, and the answer was lost.
    package static var lost: Self { .failure(.unknownOutcome(reason: "connection reset")) }
    package static var refused: Self { .failure(.notSent(reason: "connection refused")) }
}

/// The statuses of which another attempt may get another, and those that it will not.
package enum Status {
    package static let transient = [408, 429, 499, 500, 502, 503, 504, 520, 524]
    package static let permanent = [301, 302, 400, 401, 403, 404, 413, 415, 422, 501]
}
