import Console
import Testing

@Suite("Pauses that a text asks for")
struct ToldDelayTests {
    @Test(
        "numbers with a unit, in letters or in words, and bare ones as seconds",
        arguments: [
            ("30", 30), ("30 s", 30), ("12.5ms", 0.0125),
            ("985.86µs, allowed: 44000/minute", 0.000_985_86),
            ("1m30s", 90), ("1 hour and 5 minutes", 3900), ("2 minutes, 10 seconds", 130),
            ("5 min", 300),
            ("after 45 seconds.", 45), ("10 retries", 10), ("3.", 3), (": 7\r", 7),
            ("1.5 hours", 5400),
            ("0", 0),
        ] as [(String, Double)])
    func durations(text: String, seconds: Double) throws {
        let told = try #require(ToldDelay(firstIn: text.utf8))

        #expect(abs(told.pause(from: 0).inSeconds - seconds) < 1e-9)
    }

    @Test(
        "instants of RFC 3339, of HTTP in its three forms, and as seconds since 1970",
        arguments: [
            "2024-12-12T14:24:53Z", "at 2024-12-12 14:24:53 UTC", "2024-12-12T15:24:53.000+01:00",
            "2024-12-12t09:54:53-0430", "Thu, 12 Dec 2024 14:24:53 GMT or email help",
            "Thursday, 12-Dec-24 14:24:53 GMT", "Thu Dec 12 14:24:53 2024", "1734013493",
        ])
    func instants(text: String) throws {
        let told = try #require(ToldDelay(firstIn: text.utf8))

        #expect(told == .instant(1_734_013_493))
        #expect(told.pause(from: 1_734_013_433) == .seconds(60))
        #expect(told.pause(from: 1_734_013_500) == .zero)
    }

    @Test(
        "no time: words, times of day, negative numbers, names with digits, days that are none",
        arguments: [
            "", "later", "a few minutes", "14:24:53", "-5", "sha256", "v1.2.3x", "30x",
            "2026-13-45T00:00:00Z", "at 2026-01-02T25:00:00Z",
        ])
    func none(text: String) {
        #expect(ToldDelay(firstIn: text.utf8) == nil)
    }

    @Test("what is too long for a clock is as long as it can wait")
    func long() throws {
        let told = try #require(ToldDelay(firstIn: "9999-12-31T23:59:59Z".utf8))

        #expect(told.pause(from: 0) > .seconds(200 * 365 * 86_400))
        #expect(ToldDelay(firstIn: String(repeating: "9", count: 400).utf8) != nil)
    }
}
