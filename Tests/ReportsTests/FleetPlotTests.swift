import RetryEngine
import RetryForecast
import Testing

@testable import Reports

@Suite("Plot of a fleet")
struct FleetPlotTests {
    private func plot(jobs: Int, outage: Duration) throws -> String {
        let fleet = Fleet(jobs: jobs, outage: outage)
        var policy = RetryPolicy.command
        policy.attempts = 10
        return FleetPlot(fleet, load: try fleet.load(policy: policy)).text
    }

    @Test("a bar for each span of time with retries, and the end of the outage")
    func bars() throws {
        let text = try plot(jobs: 100, outage: .seconds(12))

        #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox="))
        #expect(text.split(separator: "<rect class=\"bar\"").count == 3)
        #expect(text.contains("<line class=\"outage\""))
        #expect(text.contains("100 jobs, outage of 12 s"))
    }

    @Test("nothing is retried: a plot without bars")
    func empty() throws {
        let text = try plot(jobs: 1, outage: .zero)

        #expect(!text.contains("<rect class=\"bar\""))
        #expect(text.hasSuffix("</svg>\n"))
    }
}
