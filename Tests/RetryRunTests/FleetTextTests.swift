import Testing

@testable import retry_run

@Suite("The text of a fleet")
struct FleetTextTests {
    private func lines(_ options: String) throws -> [Substring] {
        let settings = try RunSettings("-n \(options)")
        return try FleetText(try #require(settings.fleet), settings: settings).text
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The spans of the plot: their retries, and the length of their bars.
    private func plot(_ options: String) throws -> [(retries: Int, bar: Int)] {
        let lines = try lines(options).drop { !$0.contains("most per second") }.dropFirst()
        return try lines.map { line in
            let words = line.split(separator: " ")
            let numbers = words.compactMap { Int($0) }
            return (try #require(numbers.dropLast().last), line.count { $0 == "#" })
        }
    }

    @Test("where nothing is retried it is said, and there is no plot")
    func nothingRetried() throws {
        #expect(
            try lines("--fleet 3 --outage 5s -a 1") == [
                "fleet: 3 jobs, all of which call at 0 s",
                "outage: 5 s; a call in it fails at once", "calls: 3, 0 of them retries",
                "peak: nothing is retried", "succeeded: 0 of 3 jobs (0.0 %)", "last call: at 0 s",
            ])
    }

    @Test("without an outage all succeed with their first call")
    func noOutage() throws {
        #expect(
            try lines("--fleet 3 --outage 0").contains(
                "succeeded: 3 of 3 jobs (100.0 %), the last at 0 s"))
    }

    @Test("all but one job are never shown as 100 %")
    func share() throws {
        // Each job's only retry comes too early by a chance of 1 in 2000.
        let lines = try lines("--fleet 2000 --outage 10.005s -a 2 -d 10s -j 10s --seed 1")
        let success = try #require(lines.first { $0.hasPrefix("succeeded: ") })

        #expect(success.hasPrefix("succeeded: 1999 of 2000 jobs (99.9 %), the last at "))
    }

    @Test("a time with few retries beside many has a bar still, and one with none has none")
    func bars() throws {
        let plot = try plot("--fleet 400 --outage 1h -a 3 -d 0,200s -j full --seed 1")

        #expect(plot.map(\.retries).reduce(0, +) == 800)
        #expect(plot.allSatisfy { ($0.bar > 0) == ($0.retries > 0) })
        #expect(plot.map(\.bar).max() == 40)
        #expect(plot.contains { $0.bar == 1 })

        let gap = try self.plot("--fleet 400 --outage 1h -a 3 -d 5s")
        #expect(gap.contains { $0.bar == 0 })
    }

    @Test("however long it takes, the plot has 20 lines at most, in columns")
    func columns() throws {
        for options in ["--outage 20s -d 1s -a 30", "--outage 30d -d 1h --forever"] {
            let lines = try lines("--fleet 7 \(options)")
            let plot = lines.drop { !$0.contains("most per second") }
            #expect(2...21 ~= plot.count)
            let bars = plot.filter { $0.contains("#") }
            #expect(Set(bars.map { $0.prefix { $0 != "#" }.count }).count == 1)
        }
    }
}
