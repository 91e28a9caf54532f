import FoundationEssentials
import JSON
import RetryEngine
import Synchronization
import TestSupport

@testable import HTTP
@testable import SigstoreSandbox

/// The services of a sandbox without a network. Their clock and ours move on together, and only where
/// something waits.
final class SandboxTransport: SimulatedTransport {
    let clock = RecordingClock()
    let exchanges: SimulatedExchanges
    let sandbox: Sandbox
    /// What was asked and how, in its order.
    private(set) var calls: [(description: String, body: [UInt8], start: ContinuousClock.Instant)] =
        []
    /// What was sent as `Authorization`.
    private(set) var authorizations: [String] = []
    /// How an address where nobody listens fails.
    var unreachable = HTTPFailure.notSent(reason: "nobody listens")
    /// Until when, from the start, services answer 503.
    var outages: [ServiceName: Duration] = [:]
    private let start: ContinuousClock.Instant
    private let elapsed: Elapsed

    /// What the services know of our clock, which they read from other code.
    private final class Elapsed: Sendable {
        let duration = Mutex(Duration.zero)
    }

    private static let ports: [ServiceName: Int] = [
        .issuer: 1, .fulcio: 2, .tsa: 3, .rekorV1: 4, .rekorV2: 5, .registry: 6, .storage: 7,
    ]

    /// - Parameter localSkew: How far our own clock is ahead of that of the services, in seconds.
    init(
        _ faults: [String] = [], localSkew: Double = 0,
        registry: RegistryOptions = RegistryOptions()
    ) throws {
        var settings = SandboxSettings()
        settings.registry = registry
        start = clock.now
        exchanges = SimulatedExchanges(clock)
        let elapsed = Elapsed()
        self.elapsed = elapsed
        let began = Date().addingTimeInterval(-localSkew)
        sandbox = try Sandbox(
            addresses: SandboxAddresses(ports: Self.ports),
            clock: SandboxClock {
                let seconds = elapsed.duration.withLock { $0 } / .seconds(1)
                return began.addingTimeInterval(seconds)
            },
            faults: faults.map { try FaultPlan($0) }, settings: settings)
    }

    /// The time by our own clock.
    func localTime() -> Date {
        Date().addingTimeInterval(start.duration(to: clock.now) / .seconds(1))
    }

    func exchange(
        _ request: HTTPRequest, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        authorizations += request.headers.filter { $0.name == "Authorization" }.map(\.value)
        calls.append(("\(request)", request.body ?? [], clock.now))
        elapsed.duration.withLock { $0 = start.duration(to: clock.now) }
        guard request.url.text.hasPrefix("http:") else { throw .notSent(reason: "no TLS") }
        let rest = request.url.text.dropFirst("http://127.0.0.1:".count)
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let service = Self.ports.first(where: { "\($0.value)" == parts[0] })?.key else {
            throw unreachable
        }
        if let end = outages[service], start.duration(to: clock.now) < end {
            return response(SandboxAnswer(error: 503, "an outage"))
        }
        let headers = request.headers.map { ($0.name.lowercased(), $0.value) }
        let delivery = sandbox.deliver(
            SandboxRequest(
                method: request.method.name, target: "/\(parts[1])",
                headers: Dictionary(headers) { $1 }, body: request.body ?? []), to: service)
        return try response(to: delivery, timeout: timeout)
    }

    private func response(
        to delivery: Delivery, timeout: Duration
    ) throws(HTTPFailure) -> HTTPResponse {
        switch delivery {
        case .answer(let answer): return response(answer)
        case .waiting(let duration, let then):
            clock.spend(min(duration, timeout))
            elapsed.duration.withLock { $0 = start.duration(to: clock.now) }
            if duration > timeout { throw .unknownOutcome(reason: "timed out") }
            return try response(to: then(), timeout: timeout - duration)
        case .slow(let answer, let milliseconds):
            let duration = Duration.milliseconds(milliseconds * Int64(answer.body.count))
            clock.spend(min(duration, timeout))
            if duration > timeout { throw .unknownOutcome(reason: "timed out") }
            return response(answer)
        case .cut, .close: throw .unknownOutcome(reason: "the connection was closed")
        case .silence:
            clock.spend(timeout)
            throw .unknownOutcome(reason: "timed out")
        }
    }

    private func response(_ answer: SandboxAnswer) -> HTTPResponse {
        let headers = answer.headers.map { HTTPHeader($0.name, $0.value) }
        return HTTPResponse(
            status: answer.status,
            headers: headers + [HTTPHeader("Date", sandbox.clock.now.httpDate)], body: answer.body,
            receivedAt: localTime())
    }

    /// How often a call of a service was made: `rekor-v1/create`, or all of them: `fulcio/total`.
    func count(_ call: String) throws -> Int64 {
        var value: JSONValue? = sandbox.counts
        for name in ["calls"] + call.split(separator: "/").map(String.init) {
            guard case .object(let members)? = value else { break }
            value = members[name]
        }
        guard case .integer(let count)? = value else { throw HTTPFailure.setUp("count \(call)") }
        return count
    }

    /// The entries that a log has got since the start, where it had five.
    func entries(_ log: ServiceName) -> Int {
        (log == .rekorV1 ? sandbox.rekorV1.size : sandbox.rekorV2.size) - 5
    }
}
