import FoundationEssentials
import SigningCrypto
import Sigstore
import Testing

@Suite("Validity periods")
struct ValidityPeriodTests {
    private let start = Date(timeIntervalSince1970: 1000)
    private let end = Date(timeIntervalSince1970: 2000)

    @Test(
        "both ends belong to a period",
        arguments: [(999.9, false), (1000, true), (1500, true), (2000, true), (2000.1, false)])
    func closed(seconds: Double, isInside: Bool) {
        let time = Date(timeIntervalSince1970: seconds)

        #expect(ValidityPeriod(start: start, end: end).contains(time) == isInside)
    }

    @Test("a period without an end goes on")
    func open() {
        let period = ValidityPeriod(start: start)

        #expect(period.contains(.distantFuture))
        #expect(!period.contains(.distantPast))
    }

    @Test("a time is shown with a fraction only where it has one")
    func text() {
        #expect(timeText(start) == "1970-01-01T00:16:40Z")
        #expect(timeText(Date(timeIntervalSince1970: 1000.25)) == "1970-01-01T00:16:40.250Z")
    }
}
