import Console
import OperatingSystem
import Reports
import RetryEngine
import RetryForecast

/// What a service would see of many runs like this one, in numbers and as a plot.
struct FleetText {
    private let fleet: Fleet
    private let load: FleetLoad
    private let timeout: Duration?

    init(_ fleet: Fleet, settings: RunSettings) throws {
        self.fleet = fleet
        timeout = settings.timeout
        do {
            load = try fleet.load(
                policy: settings.policy, attemptLimit: settings.timeout,
                deadline: settings.deadline)
        } catch {
            throw UsageError("--fleet: \(error)")
        }
    }

    /// - Throws: `UsageError` for a file that cannot be written.
    func draw(into path: String) throws {
        do {
            try OutputFile(path).write(Array(FleetPlot(fleet, load: load).text.utf8))
        } catch {
            throw UsageError("--plot: \(error)")
        }
    }

    var text: String {
        let call = timeout.map { "lasts until its timeout of \(durationText($0))" }
        let retries = load.calls - load.jobs
        let calling = fleet.jobs == 1 ? "which calls" : "all of which call"
        var lines = ["fleet: \(counted(fleet.jobs, "job")), \(calling) at 0 s"]
        lines.append(
            "outage: \(durationText(fleet.outage)); a call in it \(call ?? "fails at once")")
        let kind = retries == 1 ? "a retry" : "retries"
        lines.append("calls: \(load.calls), \(retries) of them \(kind)")
        lines.append("peak: " + peak)
        lines.append("succeeded: " + success)
        lines.append("last call: at \(durationText(load.lastCall))")
        return (lines + (retries == 0 ? [] : [""] + plot)).joined(separator: "\n")
    }

    /// The first calls are left out: no policy changes them.
    private var peak: String {
        guard let peak = load.peak else { return "nothing is retried" }
        let instant = durationText(.seconds(peak.second))
        return "\(counted(peak.retries, "retry", "retries")) per second, at \(instant)"
    }

    private var success: String {
        let share = (Double(load.succeeded) / Double(load.jobs) * 1000).rounded(.down) / 10
        let last = load.lastSuccess.map { ", the last at \(durationText($0))" } ?? ""
        return "\(load.succeeded) of \(counted(load.jobs, "job")) (\(share) %)\(last)"
    }

    /// One line for each span of time: its start, its retries, the most in one second.
    private var plot: [String] {
        let spans = load.spans(limit: Self.lines)
        let highest = max(load.peak?.retries ?? 0, 1)
        return [Self.line("from", "retries", "most per second")]
            + spans.map { span in
                // Every second with a call is seen.
                let length = (span.peak * Self.width + highest - 1) / highest
                return Self.line(
                    durationText(.seconds(span.start)), "\(span.retries)", "\(span.peak)",
                    String(repeating: "#", count: length))
            }
    }

    private static let lines = 20
    private static let width = 40

    private static func line(
        _ start: String, _ retries: String, _ most: String, _ bar: String = ""
    ) -> String {
        let columns = right(start, 8) + right(retries, 10) + right(most, 17)
        return bar.isEmpty ? columns : columns + "  " + bar
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
