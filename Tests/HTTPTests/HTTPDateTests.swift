import Foundation
import HTTP
import RetryEngine
import TestSupport
import Testing

@Suite("Dates of answers")
struct HTTPDateTests {
    let clock = RecordingClock()

    /// The pause after an answer that arrives at 2026-01-01 00:00:00.
    private func pause(_ headers: [String: String]) throws -> Duration? {
        let transport = ScriptedTransport(
            [.answer(503, headers: headers), .answer(200)], clock: clock)
        _ = HTTPClient(transport: transport, clock: clock).send(
            try HTTPRequest(.get, HTTPURL("https://a.example/")),
            deadline: clock.now.advanced(by: .seconds(3600)))
        return clock.pauses.first
    }

    private func skew(_ headers: [String: String]) throws -> Duration? {
        try ScriptedTransport.Step.answer(200, headers: headers).get().clockSkew
    }

    @Test(
        "Retry-After takes all three forms of a date",
        arguments: [
            "Thu, 01 Jan 2026 00:01:00 GMT", "Thursday, 01-Jan-26 00:01:00 GMT",
            "Thu Jan  1 00:01:00 2026", " 60 ",
        ])
    func forms(text: String) throws {
        #expect(try pause(["Retry-After": text]) == .seconds(60))
    }

    @Test("a date is taken by the clock of the one who wrote it")
    func dateOfTheService() throws {
        let headers = [
            "Date": "Thu, 01 Jan 2026 01:00:00 GMT",
            "Retry-After": "Thu, 01 Jan 2026 01:00:30 GMT",
        ]
        #expect(try pause(headers) == .seconds(30))
    }

    @Test(
        "what is no pause leaves the policy's own",
        arguments: [
            "", "soon", "-5", "1.5", "0", "Thu, 01 Jan 2015 00:00:00 GMT", "٣",
            "99999999999999999999 GMT",
        ])
    func policyPause(text: String) throws {
        #expect(try pause(["Retry-After": text]) == .seconds(1))
    }

    @Test(
        "a pause beyond all numbers is longer than any deadline",
        arguments: ["99999999999999999999", "9223372036854775807", "Thu, 01 Jan 9999 00:00:00 GMT"])
    func endlessPause(text: String) throws {
        #expect(try pause(["Retry-After": text]) == nil)
    }

    @Test("skew is the local clock's lead over the service's")
    func skew() throws {
        #expect(try skew([:]) == nil)
        #expect(try skew(["Date": "yesterday"]) == nil)
        #expect(try skew(["date": "Wed, 31 Dec 2025 23:59:00 GMT"]) == .seconds(60))
        #expect(try skew(["Date": "Thu, 01 Jan 2026 00:01:00 GMT"]) == .seconds(-60))
    }

    @Test("a cache's answer is as old as its Age")
    func age() throws {
        let date = "Wed, 31 Dec 2025 23:00:00 GMT"
        #expect(try skew(["Date": date, "Age": "3600"]) == .zero)
        #expect(try skew(["Date": date, "Age": "-5"]) == .seconds(3600))
        #expect(try skew(["Date": date, "Age": "99999999999"]) == .seconds(3600))
    }
}
