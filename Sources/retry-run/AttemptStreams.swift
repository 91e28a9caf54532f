import ProcessRunner

/// What the streams of one attempt are connected to: straight through, but for those that a rule looks at
/// or that are held.
struct AttemptStreams {
    private(set) var streams = Streams()
    /// What the rules look at.
    private(set) var tails = Judge.Tails()

    init(_ settings: RunSettings, replaying spool: StandardInputSpool?) {
        if let spool { streams.input = .replayed(spool) }
        let judge = settings.judge
        tails.output = judge.looksAtOutput ? OutputTail() : nil
        tails.error = judge.looksAtError ? OutputTail() : nil

        let sharesPipe =
            tails.output != nil && tails.error != nil && !judge.tellsStreamsApart
            && !settings.holdsOutput && !settings.holdsError && sameFile(1, 2)
        if settings.holdsOutput {
            streams.output = OutputCapture(holding: 1, tail: tails.output)
        } else if let tail = tails.output {
            streams.output = OutputCapture(passingTo: 1, tail: tail)
        }
        if settings.holdsError {
            streams.error = OutputCapture(holding: 2, tail: tails.error)
        } else if sharesPipe {
            streams.error = streams.output
            tails.error = nil
        } else if let tail = tails.error {
            streams.error = OutputCapture(passingTo: 2, tail: tail)
        }
    }
}
