import HTTP
import RetryEngine
import TestSupport
import Testing

@Suite("Several exchanges as one attempt")
struct CallChainTests {
    private let clock = RecordingClock()

    private func request(_ path: String) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            .get, HTTPURL("https://registry.example/\(path)"), answers: [401], bodyLimit: 100)
    }

    /// A call that needs a token first: 401, the token, the call again.
    private func call(
        to service: String? = nil, limit: Duration? = nil,
        observer: @escaping (CallEvent) -> Void = { _ in },
        standIn: @escaping (HTTPFailure) -> HTTPRequest? = { _ in nil }
    ) throws -> HTTPCall<ContinuousClock.Instant> {
        var isAdmitted = false
        let token = try request("token")
        let blob = try request("blob")
        return HTTPCall(
            "GET blob", to: service, policy: .signing, attemptLimit: limit, observer: observer,
            request: { _ in blob },
            read: { response in
                if response.status == 401 { return .send(token) }
                defer { isAdmitted = true }
                return isAdmitted ? .done : .send(blob)
            }, standIn: standIn)
    }

    private func run(
        _ script: [ScriptedTransport.Step], taking duration: Duration = .zero,
        _ call: HTTPCall<ContinuousClock.Instant>
    ) -> (HTTPOutcome, ScriptedTransport) {
        let transport = ScriptedTransport(script, clock: clock)
        transport.duration = duration
        return (CallDriver(transport: transport, clock: clock).perform(call), transport)
    }

    @Test("what is answered with 401 is asked again with a token, in the same attempt")
    func chain() throws {
        var names: [String] = []
        let (outcome, transport) = run(
            [.answer(401), .answer(200), .answer(200)],
            try call { if case .ended(_, let name, _) = $0 { names.append(name) } })

        #expect(outcome.result.failure == nil)
        #expect(outcome.attempts == 1)
        #expect(transport.timeouts.count == 3)
        #expect(names == ["GET https://registry.example/blob"])
    }

    @Test("all exchanges of an attempt share its limit")
    func limit() throws {
        let (outcome, transport) = run(
            [.answer(401), .answer(200), .answer(200)], taking: .seconds(4),
            try call(limit: .seconds(10)))

        #expect(transport.timeouts == [.seconds(10), .seconds(6), .seconds(2)])
        #expect(outcome.attempts == 1)
    }

    @Test("where one exchange fails the attempt has, and the next one begins with the first")
    func failure() throws {
        let (outcome, transport) = run(
            [.answer(401), .answer(503), .answer(401), .answer(200), .answer(200)], try call())

        #expect(outcome.result.failure == nil)
        #expect((outcome.attempts, outcome.failures) == (2, 1))
        #expect(transport.timeouts.count == 5)
        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("another request may stand in for an exchange that has failed")
    func standIn() throws {
        var isPlain = false
        let plain = try request("plain")
        let (outcome, _) = run(
            [.failure(.notSent(reason: "no TLS")), .answer(200), .answer(200)],
            try call(standIn: { _ in
                defer { isPlain = true }
                return isPlain ? nil : plain
            }))

        #expect(outcome.result.failure == nil)
        #expect(outcome.attempts == 1)
    }

    @Test("trouble that a service tells in its own words holds all its calls")
    func busy() throws {
        let transport = ScriptedTransport([.answer(200)], clock: clock)
        let driver = CallDriver(transport: transport, clock: clock)
        let blob = try request("blob")
        var begun: [ContinuousClock.Instant] = []
        let start = clock.now
        for number in 0..<3 {
            _ = driver.start(
                HTTPCall(
                    "GET blob", to: "registry", policy: .signing,
                    request: { _ in
                        begun.append(clock.now)
                        return blob
                    },
                    read: { _ in
                        if number == 0, clock.now < start.advanced(by: .seconds(30)) {
                            throw HTTPFailure.busy(
                                reason: "slow down", status: 403, retryAfter: .seconds(30))
                        }
                        return .done
                    }))
        }
        while let ended = driver.next() { #expect(ended.outcome.result.failure == nil) }

        #expect(begun.count { $0 < start.advanced(by: .seconds(30)) } == 1)
    }
}
