import HTTP
import RetryEngine
import TestSupport
import Testing

@Suite("The driver of calls")
struct CallDriverTests {
    /// A service that is down until a time, and keeps when it was asked.
    private final class Outage: SimulatedTransport {
        let clock: RecordingClock
        let exchanges: SimulatedExchanges
        let end: ContinuousClock.Instant
        private(set) var starts: [ContinuousClock.Instant] = []

        init(_ clock: RecordingClock, lasting duration: Duration) {
            self.clock = clock
            exchanges = SimulatedExchanges(clock)
            end = clock.now.advanced(by: duration)
        }

        func exchange(
            _ request: HTTPRequest, timeout: Duration
        ) throws(HTTPFailure) -> HTTPResponse {
            starts.append(clock.now)
            clock.spend(.milliseconds(50))
            return try ScriptedTransport.Step.answer(clock.now < end ? 503 : 200).get()
        }
    }

    private func call(
        _ service: String? = "log", policy: RetryPolicy = .signing, body: Int? = nil,
        smallRequest: HTTPRequest? = nil
    ) throws -> HTTPCall<ContinuousClock.Instant> {
        let url = try HTTPURL("https://log.example/api")
        let request =
            try body.map {
                try HTTPRequest(
                    .post(body: [UInt8](repeating: 0, count: $0), contentType: "a/b"), url)
            } ?? HTTPRequest(.get, url)
        return HTTPCall(
            "POST x", to: service, policy: policy, smallRequest: smallRequest,
            request: { _ in request }, read: { _ in .done })
    }

    private func run(
        _ count: Int, _ transport: Outage, policy: RetryPolicy
    ) throws -> [HTTPOutcome] {
        let driver = CallDriver(transport: transport, clock: transport.clock)
        for _ in 0..<count { _ = driver.start(try call(policy: policy)) }
        var outcomes: [HTTPOutcome] = []
        while let ended = driver.next() { outcomes.append(ended.outcome) }
        return outcomes
    }

    @Test("while a service is down one call asks, and the others wait without spending attempts")
    func outage() throws {
        let policy = RetryPolicy(attempts: 8, backoff: .list([.seconds(5)]))
        let alone = Outage(RecordingClock(), lasting: .seconds(30))
        let many = Outage(RecordingClock(), lasting: .seconds(30))
        _ = try run(1, alone, policy: policy)
        let outcomes = try run(200, many, policy: policy)

        #expect(many.starts.count { $0 < many.end } == alone.starts.count { $0 < alone.end })
        #expect(outcomes.allSatisfy { (try? $0.result.get().status) == 200 })
        #expect(outcomes.count { $0.attempts > 1 } == 1)
    }

    @Test("a service that stays down is given up after the attempts of one call, and one more")
    func givenUp() throws {
        let transport = Outage(RecordingClock(), lasting: .seconds(1 << 20))
        let outcomes = try run(50, transport, policy: .signing)

        #expect(outcomes.count == 50)
        #expect(outcomes.allSatisfy { $0.result.failure?.failure.status == 503 })
        #expect(transport.starts.count == 4)
    }

    @Test("calls that are alone share no trouble")
    func alone() throws {
        let clock = RecordingClock()
        let transport = Outage(clock, lasting: .seconds(1 << 20))
        let driver = CallDriver(transport: transport, clock: clock)
        for _ in 0..<3 { _ = driver.start(try call(nil)) }
        while driver.next() != nil {}

        #expect(transport.starts.count == 9)
    }

    @Test(
        "a large body that a balancer does not let through is told from an outage by a small call",
        arguments: [502, 504, 499, 413, nil])
    func bodySize(status: Int?) throws {
        let clock = RecordingClock()
        let failure =
            status.map { ScriptedTransport.Step.answer($0) }
            ?? .failure(.unknownOutcome(reason: "closed"))
        let small = try HTTPRequest(.get, HTTPURL("https://log.example/key"))
        for (answer, isTooLarge) in [(200, true), (404, true), (503, false)] {
            let transport = ScriptedTransport(
                [failure, .answer(answer), .answer(200)], clock: clock)
            let driver = CallDriver(transport: transport, clock: clock)
            let outcome = driver.perform(
                try call(nil, body: 600 << 10, smallRequest: small))

            #expect(transport.timeouts.count == (isTooLarge ? 2 : 3))
            #expect(outcome.result.failure?.className == (isTooLarge ? "too-large" : nil))
        }
    }

    @Test("a small body is never taken for too large")
    func smallBody() throws {
        let clock = RecordingClock()
        let small = try HTTPRequest(.get, HTTPURL("https://log.example/key"))
        let transport = ScriptedTransport([.answer(502), .answer(200)], clock: clock)
        let driver = CallDriver(transport: transport, clock: clock)
        let outcome = driver.perform(try call(nil, body: 512 << 10, smallRequest: small))

        #expect(try outcome.result.get().status == 200)
        #expect(clock.pauses == [.seconds(1)])
    }
}
