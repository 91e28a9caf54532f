import Testing

@testable import Reports

@Suite("Report format")
struct ReportFormatTests {
    @Test(
        "the suffix decides, and JSON is what is left",
        arguments: [
            ("report", ReportFormat.json), ("r.json", .json), ("r.xml", .junit), ("R.XML", .junit),
            ("a.b/r", .json), ("a.xml/r", .json), ("r.html", .html), ("r.htm", .html),
            ("/dev/stdout", .json), ("xml", .json), ("r.xml.bak", .json),
        ])
    func suffix(path: String, format: ReportFormat) {
        #expect(ReportFormat(path: path) == format)
    }

    @Test("times are those of the calendar")
    func times() {
        #expect(timeText(0) == "1970-01-01T00:00:00Z")
        #expect(timeText(951_782_400) == "2000-02-29T00:00:00Z")
        #expect(timeText(1_709_251_199.9) == "2024-02-29T23:59:59Z")
        #expect(timeText(4_107_542_400) == "2100-03-01T00:00:00Z")
    }

    @Test("reasons are counted, and those beyond ten are one")
    func counts() {
        var counts = FailureCounts()
        for number in 1...12 { counts.add("exit status \(number)") }
        counts.add("exit status 1")

        #expect(counts.total == 13)
        #expect("\(counts)".hasPrefix("2 × exit status 1, exit status 2, "))
        #expect("\(counts)".hasSuffix(", 2 × other reasons"))
    }
}
