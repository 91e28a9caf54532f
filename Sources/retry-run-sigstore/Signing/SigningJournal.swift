import Console
import FoundationEssentials
import HTTP
import RetryEngine
import Sigstore

/// Says what happens while something is signed, and keeps it for the report.
final class SigningJournal {
    struct Attempt {
        let number: Int
        let call: String
        let started: Date
        let duration: Duration
        /// Nil for a success.
        let failure: HTTPError?
        var delayAfter: Duration?
    }

    struct Phase {
        let phase: SigningPhase
        let started: Date
        let start: ContinuousClock.Instant
        var duration = Duration.zero
        var attempts: [Attempt] = []
        var error: SigningError?
    }

    private(set) var phases: [Phase] = []
    private let reporter: Reporter
    /// The end of the run, for the line that is drawn on a terminal.
    var deadline: ContinuousClock.Instant?
    private var current:
        (number: Int, attempts: Int?, started: Date, start: ContinuousClock.Instant)?
    private var pauseEnd: ContinuousClock.Instant?

    init(_ reporter: Reporter) {
        self.reporter = reporter
    }

    func note(_ event: SigningEvent) {
        reporter.note(event)
        record(event)
        draw()
    }

    private func record(_ event: SigningEvent) {
        switch event {
        case .begins(let phase):
            phases.append(Phase(phase: phase, started: Date(), start: .now))
        case .call(let phase, .begins(let number, let attempts)):
            if phases.last == nil {
                phases.append(Phase(phase: phase, started: Date(), start: .now))
            }
            current = (number, attempts, Date(), .now)
            pauseEnd = nil
        case .call(_, .ended(let number, let call, let result)):
            guard let current else { return }
            var failure: HTTPError?
            if case .failure(let error) = result { failure = error }
            edit { phase in
                phase.attempts.append(
                    Attempt(
                        number: number, call: call, started: current.started,
                        duration: current.start.duration(to: .now), failure: failure))
            }
        case .call(_, .pauses(_, _, _, let pause)), .asksAgain(_, _, let pause):
            pauseEnd = .now + pause
            edit { phase in
                if let last = phase.attempts.indices.last {
                    phase.attempts[last].delayAfter = pause
                }
            }
        case .ended(_, let error):
            edit { phase in
                phase.duration = phase.start.duration(to: .now)
                phase.error = error
            }
            current = nil
        }
    }

    private func edit(_ change: (inout Phase) -> Void) {
        if let last = phases.indices.last { change(&phases[last]) }
    }

    /// Draws the line of a terminal anew: phase, attempt, time left.
    func draw() {
        guard reporter.showsProgress, let phase = phases.last, phase.error == nil else { return }
        var text = "\(phase.phase.rawValue)"
        if let pauseEnd, pauseEnd > .now {
            text += ": next attempt in \(seconds(until: pauseEnd)) s"
        } else if let current {
            text += ": attempt \(current.number)" + (current.attempts.map { " of \($0)" } ?? "")
        }
        if let deadline { text += ", \(seconds(until: deadline)) s left" }
        reporter.showProgress(text)
    }

    /// Takes the line away.
    func end() {
        reporter.endProgress()
    }

    private func seconds(until end: ContinuousClock.Instant) -> Int {
        Int(ContinuousClock.Instant.now.duration(to: end).components.seconds)
    }
}
