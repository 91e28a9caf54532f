import HTTP
import RetryEngine
import TestSupport
import Testing

@Suite("HTTPClient")
struct HTTPClientTests {
    let clock = RecordingClock()

    private func send(
        _ script: [ScriptedTransport.Step], _ request: HTTPRequest? = nil,
        within limit: Duration = .seconds(120),
        reading read: @escaping (HTTPResponse) throws -> Void = { _ in }
    ) throws -> HTTPOutcome {
        let transport = ScriptedTransport(script, clock: clock)
        return HTTPClient(transport: transport, clock: clock)
            .send(try request ?? get(), deadline: clock.now.advanced(by: limit), reading: read)
    }

    private func get(
        answers: Set<Int> = [], transient: Set<Int> = [], headers: [HTTPHeader] = [],
        _ url: String = "https://log.example/api"
    ) throws -> HTTPRequest {
        try HTTPRequest(
            .get, HTTPURL(url), headers: headers, answers: answers, transientStatuses: transient)
    }

    private func failure(_ outcome: HTTPOutcome) throws -> HTTPFailure {
        try #require(outcome.result.failure).failure
    }

    @Test("a 2xx is an answer, at the first attempt", arguments: [200, 201, 204])
    func success(status: Int) throws {
        let outcome = try send([.answer(status, "x")])

        #expect(try outcome.result.get().body == Array("x".utf8))
        #expect(outcome.attempts == 1)
        #expect(!outcome.mayHaveTakenEffect)
    }

    @Test("a status that the request declares is an answer, another one is refused at once")
    func declaredAnswers() throws {
        let found = try send([.answer(409)], get(answers: [404, 409]))
        let refused = try send([.answer(410, "gone")], get(answers: [404, 409]))

        #expect(try found.result.get().status == 409)
        #expect(
            try failure(refused)
                == .status(410, isTransient: false, retryAfter: nil, excerpt: "gone"))
        #expect(try failure(refused).failureClass == .permanent)
        #expect(try failure(refused).className == "refused")
        #expect(refused.attempts == 1)
        #expect(!refused.mayHaveTakenEffect)
    }

    @Test(
        "a status that may be another in a moment is tried again",
        arguments: [
            408, 425, 429, 499, 500, 502, 503, 504, 506, 507, 508, 511, 520, 525, 529, 530, 598,
            599,
            600, 999,
        ])
    func transientStatus(status: Int) throws {
        let outcome = try send([.answer(status), .answer(200)])

        #expect(try outcome.result.get().status == 200)
        #expect(clock.pauses == [.seconds(1)])
        #expect(outcome.mayHaveTakenEffect == ![425, 429].contains(status))
    }

    @Test(
        "any other status is refused for good",
        arguments: [
            300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 413, 417, 421, 422, 426, 431, 444,
            451, 460, 498, 501, 505,
        ])
    func permanentStatus(status: Int) throws {
        let outcome = try send([.answer(status)])

        #expect(try failure(outcome).status == status)
        #expect(try failure(outcome).failureClass == .permanent)
        #expect(outcome.attempts == 1)
    }

    @Test("a request can make a status transient")
    func declaredTransient() throws {
        let outcome = try send([.answer(404), .answer(200)], get(transient: [404]))

        #expect(outcome.attempts == 2)
        #expect(try outcome.result.get().status == 200)
    }

    @Test("after the last attempt the call fails as that one did")
    func attemptsSpent() throws {
        let outcome = try send([.answer(500), .failure(.notSent(reason: "refused"))])

        #expect(try failure(outcome) == .notSent(reason: "refused"))
        #expect(outcome.attempts == 3)
        #expect(clock.pauses == [.seconds(1), .seconds(5)])
        #expect(outcome.mayHaveTakenEffect)
    }

    @Test("a call of which nothing was ever sent has taken no effect")
    func nothingSent() throws {
        let outcome = try send([.failure(.notSent(reason: "refused"))])

        #expect(!outcome.mayHaveTakenEffect)
        #expect(try failure(outcome).className == "not-sent")
    }

    @Test("a permanent failure of the exchange ends the call")
    func permanentFailures() throws {
        for permanent: HTTPFailure in [
            .untrusted(reason: "x"), .transfer(reason: "x"), .tooLarge(limit: 1), .setUp("x"),
        ] {
            let outcome = try send([.failure(permanent), .answer(200)])
            #expect(try failure(outcome) == permanent)
            #expect(outcome.attempts == 1)
        }
    }

    @Test("a pause that a transient status asks for is kept", arguments: [408, 429, 500, 503, 529])
    func retryAfter(status: Int) throws {
        let outcome = try send([.answer(status, headers: ["retry-after": "30"]), .answer(200)])

        #expect(outcome.attempts == 2)
        #expect(clock.pauses == [.seconds(30)])
    }

    @Test("a status that a request makes transient asks for no pause")
    func retryAfterElsewhere() throws {
        _ = try send(
            [.answer(404, headers: ["Retry-After": "30"]), .answer(200)], get(transient: [404]))

        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("a pause that would end after the deadline fails now and says so")
    func retryAfterTooLong() throws {
        let outcome = try send([.answer(503, "busy", headers: ["Retry-After": "120"])])

        #expect(clock.pauses == [])
        #expect(outcome.attempts == 1)
        #expect(try failure(outcome).failureClass == .deadline)
        #expect(
            try #require(outcome.result.failure).description
                == "GET https://log.example/api: no time is left after: "
                + "status 503, asks for a pause of 120 s: busy")
    }

    @Test("an attempt gets the attempt limit or what is left to the deadline, whichever is less")
    func attemptLimit() throws {
        let transport = ScriptedTransport([.failure(.unknownOutcome(reason: "slow"))], clock: clock)
        transport.duration = .seconds(60)
        let outcome = HTTPClient(transport: transport, clock: clock)
            .send(try get(), deadline: clock.now.advanced(by: .seconds(50)))

        #expect(transport.timeouts == [.seconds(35), .seconds(14)])
        #expect(try failure(outcome) == .deadlineExceeded(last: .unknownOutcome(reason: "slow")))
    }

    @Test("a last attempt that the deadline cut is no matter of attempts")
    func lastAttemptAtDeadline() throws {
        let transport = ScriptedTransport([.failure(.unknownOutcome(reason: "slow"))], clock: clock)
        transport.duration = .seconds(9)
        let policy = RetryPolicy(attempts: 1)
        let outcome = HTTPClient(transport: transport, clock: clock, policy: policy)
            .send(try get(), deadline: clock.now.advanced(by: .seconds(9)))

        #expect(try failure(outcome).failureClass == .deadline)
        #expect(outcome.mayHaveTakenEffect)
    }

    @Test("after the deadline nothing is attempted")
    func deadlineBefore() throws {
        let outcome = try send([.answer(200)], within: .zero)

        #expect(outcome.attempts == 0)
        #expect(try failure(outcome) == .deadlineExceeded(last: nil))
    }

    @Test("a cancelled exchange ends the call")
    func cancelledExchange() throws {
        let outcome = try send([.failure(.cancelled(wasSent: true)), .answer(200)])

        #expect(try failure(outcome).failureClass == .cancelled)
        #expect(outcome.mayHaveTakenEffect)
        #expect(clock.pauses == [])
    }

    @Test("a cancelled pause ends the call")
    func cancelledPause() throws {
        clock.interruptedPause = 1
        let outcome = try send([.answer(503), .answer(200)])

        #expect(try failure(outcome).failureClass == .cancelled)
        #expect(outcome.attempts == 1)
    }

    @Test("an unreadable 2xx is asked for once more, a second one is a bad response")
    func unreadableAnswer() throws {
        struct Unreadable: Error {}
        let read = { (response: HTTPResponse) in
            if response.body != Array("good".utf8) { throw Unreadable() }
        }
        let recovered = try send(
            [.answer(200, "<html>"), .answer(200, "good")], reading: read)
        let bad = try send(
            [.answer(200, headers: ["content-type": "text/html"])], reading: read)

        #expect(try recovered.result.get().body == Array("good".utf8))
        #expect(recovered.attempts == 2)
        #expect(recovered.mayHaveTakenEffect)
        #expect(try failure(bad) == .badResponse(reason: "Unreadable() (text/html)"))
        #expect(try failure(bad).className == "bad-response")
        #expect(try failure(bad).failureClass == .permanent)
        #expect(bad.attempts == 2)
    }

    @Test("an answer that says to ask later is asked for as often as any transient failure")
    func notYet() throws {
        let read = { (response: HTTPResponse) in
            if response.body != Array("done".utf8) { throw HTTPFailure.notYet(reason: "waiting") }
        }
        let done = try send(
            [.answer(200), .answer(200), .answer(200, "done")], reading: read)
        let spent = try send([.answer(200)], reading: read)

        #expect(done.attempts == 3)
        #expect(try done.result.get().status == 200)
        #expect(try failure(spent) == .notYet(reason: "waiting"))
        #expect(try failure(spent).className == "unavailable")
        #expect(spent.attempts == 3)
        #expect(!spent.mayHaveTakenEffect)
    }

    /// Makes a call by the driver.
    private func perform(
        _ transport: ScriptedTransport, policy: RetryPolicy = .signing,
        observer: @escaping (CallEvent) -> Void = { _ in },
        request: @escaping (Int) throws(HTTPFailure) -> HTTPRequest
    ) -> HTTPOutcome {
        CallDriver(transport: transport, clock: clock).perform(
            HTTPCall(
                "POST x", policy: policy, deadline: clock.now.advanced(by: .seconds(99)),
                observer: observer, request: request, read: { _ in .done }))
    }

    @Test("a call can be put anew at each attempt")
    func madeRequests() throws {
        let transport = ScriptedTransport([.answer(503), .answer(200)], clock: clock)
        var made: [Int] = []
        let outcome = perform(transport) { attempt throws(HTTPFailure) in
            made.append(attempt)
            return try HTTPRequest(.get, HTTPURL("https://log.example/\(attempt)"))
        }

        #expect(try outcome.result.get().status == 200)
        #expect(made == [1, 2])
    }

    @Test("a request that cannot be made is refused for good, and nothing is sent")
    func unmadeRequest() throws {
        let transport = ScriptedTransport([.answer(200)], clock: clock)
        let outcome = perform(transport) { _ throws(HTTPFailure) in throw .setUp("make it") }

        #expect(outcome.result == .failure(HTTPError(call: "POST x", failure: .setUp("make it"))))
        #expect(try failure(outcome).failureClass == .permanent)
        #expect(transport.timeouts == [])
    }

    @Test("a declared answer other than 2xx is not read")
    func validationOfAnswers() throws {
        struct Unreadable: Error {}
        let outcome = try send(
            [.answer(404)], get(answers: [404]), reading: { _ in throw Unreadable() })

        #expect(try outcome.result.get().status == 404)
    }

    @Test("the observer hears of each attempt, how it ended, and the pause after it")
    func observer() throws {
        var heard: [CallEvent] = []
        let transport = ScriptedTransport([.answer(503), .answer(200)], clock: clock)
        let outcome = HTTPClient(transport: transport, clock: clock) { heard.append($0) }
            .send(try get(), deadline: clock.now.advanced(by: .seconds(9)))

        let call = "GET https://log.example/api"
        let error = HTTPError(
            call: call, failure: .status(503, isTransient: true, retryAfter: nil, excerpt: ""))
        #expect(
            heard == [
                .begins(attempt: 1, of: 3), .ended(attempt: 1, call: call, .failure(error)),
                .pauses(after: 1, of: 3, error, .seconds(1)), .begins(attempt: 2, of: 3),
                .ended(attempt: 2, call: call, outcome.result),
            ])
    }

    @Test("what is told of an attempt is how many the call has, not how many others have")
    func patientAttempts() throws {
        var heard: [Int?] = []
        let transport = ScriptedTransport(
            Array(repeating: .answer(503), count: 4) + [.answer(200)], clock: clock)
        let outcome = perform(
            transport, policy: RetryPolicy(attempts: 10, backoff: .list([.seconds(1)])),
            observer: { event in
                if case .pauses(_, let attempts, _, _) = event { heard.append(attempts) }
            },
            request: { _ throws(HTTPFailure) in
                try HTTPRequest(.get, HTTPURL("https://log.example/api"))
            })

        #expect(outcome.attempts == 5)
        #expect(heard == [10, 10, 10, 10])
    }

    @Test("a redirect that is not followed names where it leads, without its query")
    func redirect() throws {
        let outcome = try send([
            .answer(302, "<html>", headers: ["Location": "https://login.example/in?state=1"])
        ])

        #expect(
            try failure(outcome).description
                == "status 302: redirected to https://login.example/in, not followed")
    }
}

extension Result {
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
