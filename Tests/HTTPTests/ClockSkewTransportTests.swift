import FoundationEssentials
import RetryEngine
import TestSupport
import Testing

@testable import HTTP

@Suite("Comparing clocks")
struct ClockSkewTransportTests {
    private let clock = RecordingClock()
    /// That of the answers of `ScriptedTransport`.
    private let local = Date(timeIntervalSince1970: 1_767_225_600)

    private func comparison(_ dates: [String?]) throws -> ClockSkewTransport {
        let answers = dates.map { date in
            ScriptedTransport.Step.answer(400, headers: date.map { ["Date": $0] } ?? [:])
        }
        let comparison = ClockSkewTransport(
            ScriptedTransport(answers, clock: clock), localTime: { local })
        for _ in dates {
            _ = try comparison.exchange(
                HTTPRequest(.get, HTTPURL("https://log.example/api")), timeout: .seconds(1))
        }
        return comparison
    }

    @Test("the skew is that of the last answer with a date, whatever its status")
    func lastAnswer() throws {
        let comparison = try comparison([
            "Thu, 01 Jan 2026 00:30:00 GMT", "Wed, 31 Dec 2025 23:50:00 GMT", nil,
        ])

        #expect(comparison.skew == .seconds(600))
        // It explains, and decides nothing.
        #expect(comparison.now == local)
    }

    @Test("a clock that is 60 s off is not worth a word, either way")
    func tolerance() throws {
        for (date, seconds) in [
            ("Wed, 31 Dec 2025 23:59:00 GMT", 0.0), ("Wed, 31 Dec 2025 23:58:59 GMT", -61),
            ("Thu, 01 Jan 2026 00:01:00 GMT", 0), ("Thu, 01 Jan 2026 00:01:01 GMT", 61),
        ] {
            let comparison = try comparison([date])
            #expect((comparison.notableSkew != nil) == (seconds != 0), "\(date)")
        }
    }

    @Test("without any answer the local time is all there is")
    func noAnswer() throws {
        #expect(try comparison([]).skew == nil)
        #expect(try comparison([nil]).now == local)
    }
}
