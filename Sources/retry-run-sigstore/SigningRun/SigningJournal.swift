import Console
import FoundationEssentials
import HTTP
import OperatingSystem
import RetryEngine
import Sigstore

/// Says what happens while something is signed, and keeps it for the report.
final class SigningJournal {
    private let record: SigningRecord
    private let reporter: Reporter
    /// The end of the run, for the line that is drawn on a terminal.
    var deadline: ContinuousClock.Instant?
    /// The attempts on their way, by the number of their file.
    private var current:
        [Int?: (number: Int, attempts: Int?, started: Date, start: ContinuousClock.Instant)] = [:]
    private var pauseEnd: ContinuousClock.Instant?

    init(_ record: SigningRecord, _ reporter: Reporter) {
        self.record = record
        self.reporter = reporter
    }

    func note(_ event: SigningEvent, of number: Int?) {
        reporter.note(event)
        keep(event, number)
        draw()
    }

    private func keep(_ event: SigningEvent, _ file: Int?) {
        switch event {
        case .begins(let phase):
            record.begin(phase, of: file)
        case .call(let phase, .begins(let number, let attempts)):
            if !record.has(phase, of: file) { record.begin(phase, of: file) }
            current[file] = (number, attempts, Date(), .now)
            pauseEnd = nil
        case .call(let phase, .ended(let number, let call, let result)):
            guard let current = current[file] else { return }
            var failure: HTTPError?
            if case .failure(let error) = result { failure = error }
            record.editLast(phase, of: file) { phase in
                phase.attempts.append(
                    SigningRecord.Attempt(
                        number: number, call: call, started: current.started,
                        duration: current.start.duration(to: .now), failure: failure))
            }
        case .call(let phase, .pauses(_, _, _, let pause)):
            pauseEnd = .now + pause
            record.editLast(phase, of: file) { phase in
                if let last = phase.attempts.indices.last {
                    phase.attempts[last].delayAfter = pause
                }
            }
        case .ended(let phase, let error):
            record.editLast(phase, of: file) { phase in
                phase.duration = phase.start.duration(to: .now)
                phase.error = error
            }
            current[file] = nil
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
        } else if let current = current[phase.number] {
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
