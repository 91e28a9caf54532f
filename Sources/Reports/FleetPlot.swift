import Console
package import RetryForecast

/// The retries of a fleet over time, as a picture in SVG: a bar for each span of time, as high as the
/// most in one second of it, and the end of the outage as a line.
package struct FleetPlot {
    private let fleet: Fleet
    private let load: FleetLoad
    private let spans: [FleetLoad.Span]
    private let scale: TimeScale

    private static let width = 480.0
    private static let height = 270.0
    private static let left = 52.0
    private static let right = 12.0
    private static let top = 52.0
    private static let bottom = 42.0

    package init(_ fleet: Fleet, load: FleetLoad) {
        self.fleet = fleet
        self.load = load
        spans = load.spans(limit: 60)
        let step = spans.count > 1 ? spans[1].start - spans[0].start : 1
        let end = Duration.seconds((spans.last?.start ?? 0) + step)
        scale = TimeScale(max(end, min(fleet.outage, end * 2)))
    }

    package var text: String {
        let retries = load.calls - load.jobs
        let lines =
            [
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 270\" role=\"img\" "
                    + "aria-labelledby=\"title\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\">",
                "<title id=\"title\">Retries per second of \(fleet.jobs) jobs</title>",
                "<style>", plotStyle, "</style>",
                "<rect class=\"page\" width=\"480\" height=\"270\"/>",
                text(
                    "\(fleet.jobs) jobs, outage of \(durationText(fleet.outage))", x: 8, y: 18,
                    size: 14),
                text(
                    "\(load.calls) calls, \(retries) of them retries; "
                        + "\(load.succeeded) jobs succeeded", x: 8, y: 36, kind: "quiet"),
            ] + levels + bars + ticks + outage + ["</svg>", ""]
        return lines.joined(separator: "\n")
    }

    private var highest: Int { max(load.peak?.retries ?? 0, 1) }
    private var floor: Double { Self.height - Self.bottom }

    private func x(_ instant: Duration) -> Double {
        Self.left + (Self.width - Self.left - Self.right) * scale.percent(instant) / 100
    }

    private func y(_ count: Double) -> Double {
        floor - (floor - Self.top) * count / Double(highest)
    }

    /// The most and its half, as lines.
    private var levels: [String] {
        let half = highest / 2
        return Set([0, half, highest]).sorted().flatMap { level in
            let y = places(y(Double(level)))
            return [
                "<line class=\"grid\" x1=\"\(places(Self.left))\" x2=\"\(places(Self.width - Self.right))\" "
                    + "y1=\"\(y)\" y2=\"\(y)\"/>",
                text(
                    "\(level)", x: Self.left - 6, y: self.y(Double(level)) + 4, kind: "quiet",
                    anchor: "end"),
            ]
        }
    }

    private var bars: [String] {
        let step = spans.count > 1 ? spans[1].start - spans[0].start : 1
        return spans.filter { $0.retries > 0 }.map { span in
            let start = x(.seconds(span.start))
            let width = max(x(.seconds(span.start + step)) - start - 1, 1)
            let top = min(y(Double(span.peak)), floor - 1)
            let title =
                "from \(durationText(.seconds(span.start))): \(span.retries) retries, at most "
                + "\(span.peak) per second"
            return "<rect class=\"bar\" x=\"\(places(start))\" y=\"\(places(top))\" "
                + "width=\"\(places(width))\" height=\"\(places(floor - top))\"><title>\(markup(title))"
                + "</title></rect>"
        }
    }

    private var ticks: [String] {
        scale.ticks(limit: 5).filter { scale.percent($0) < 96 }.map { instant in
            text(
                instant == .zero ? "0" : durationText(instant), x: x(instant), y: floor + 16,
                kind: "quiet", anchor: "middle")
        } + [
            text(
                "time since the start; retries, the most in one second", x: Self.left,
                y: Self.height - 8, kind: "quiet")
        ]
    }

    private var outage: [String] {
        guard fleet.outage <= scale.length else { return [] }
        let x = places(x(fleet.outage))
        return [
            "<line class=\"outage\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(places(Self.top))\" "
                + "y2=\"\(places(floor))\"><title>end of the outage</title></line>"
        ]
    }

    private func text(
        _ text: String, x: Double, y: Double, size: Int = 12, kind: String = "text",
        anchor: String = "start"
    ) -> String {
        "<text class=\"\(kind)\" x=\"\(places(x))\" y=\"\(places(y))\" font-size=\"\(size)\" "
            + "text-anchor=\"\(anchor)\">\(markup(text))</text>"
    }
}

private let plotStyle =
    colourStyle + """

        .page { fill: var(--page); } .text { fill: var(--text); } .quiet { fill: var(--quiet); }
        .grid { stroke: var(--line); } .bar { fill: var(--retry); }
        .outage { stroke: var(--success); stroke-width: 2; stroke-dasharray: 5 4; }
        """
