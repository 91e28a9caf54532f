import Console
import FoundationEssentials
import HTTP
import RetryEngine
import Sigstore

/// Says what happens while something is signed, and keeps it for the report.
final class SigningJournal {
    private let record: SigningRecord
    private let reporter: Reporter
    private let attempts: Int?
    /// The end of the run, for the line that is drawn on a terminal.
    var deadline: ContinuousClock.Instant?
    private var current: (number: Int, started: Date, start: ContinuousClock.Instant)?
    private var pauseEnd: ContinuousClock.Instant?

    init(_ record: SigningRecord, _ reporter: Reporter, attempts: Int?) {
        self.record = record
        self.reporter = reporter
        self.attempts = attempts
    }

    func note(_ event: SigningEvent) {
        reporter.note(event, attempts: attempts)
        keep(event)
        draw()
    }

    private func keep(_ event: SigningEvent) {
        switch event {
        case .begins(let phase):
            record.begin(phase)
        case .call(let phase, .begins(let number)):
            if record.phases.isEmpty { record.begin(phase) }
            current = (number, Date(), .now)
            pauseEnd = nil
        case .call(_, .ended(let number, let call, let result)):
            guard let current else { return }
            var failure: HTTPError?
            if case .failure(let error) = result { failure = error }
            record.editLastPhase { phase in
                phase.attempts.append(
                    SigningRecord.Attempt(
                        number: number, call: call, started: current.started,
                        duration: current.start.duration(to: .now), failure: failure))
            }
        case .call(_, .pauses(_, _, let pause)), .asksAgain(_, _, let pause):
            pauseEnd = .now + pause
            record.editLastPhase { phase in
                if let last = phase.attempts.indices.last {
                    phase.attempts[last].delayAfter = pause
                }
            }
        case .ended(_, let error):
            record.editLastPhase { phase in
                phase.duration = phase.start.duration(to: .now)
                phase.error = error
            }
            current = nil
        }
    }

    /// Draws the line of a terminal anew: phase, attempt, time left.
    func draw() {
        // After Ctrl-Z the terminal may be another job's.
        guard reporter.showsProgress, isInForeground(2), let phase = record.phases.last,
            phase.error == nil
        else { return }
        var text = "\(phase.phase.rawValue)"
        if let pauseEnd, pauseEnd > .now {
            text += ": next attempt in \(seconds(until: pauseEnd)) s"
        } else if let current {
            text += ": attempt \(current.number)" + (attempts.map { " of \($0)" } ?? "")
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
