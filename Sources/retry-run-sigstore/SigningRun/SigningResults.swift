import Console
import HTTP
import OCI
import SigningCrypto
import Sigstore

/// How the signatures of a run end, told in the order of the inputs.
final class SigningResults {
    private let jobs: [SigningJob]
    private let deferral: PendingOptions.Deferral?
    private let record: SigningRecord
    private let reporter: Reporter
    /// Successes that wait for earlier ones to be told; nothing for those that have none.
    private var notes: [Int: [String]] = [:]
    private var next = 0
    private var failures: [(place: Int, error: any Error)] = []

    init(
        _ jobs: [SigningJob], deferral: PendingOptions.Deferral?, _ record: SigningRecord,
        _ reporter: Reporter
    ) {
        self.jobs = jobs
        self.deferral = deferral
        self.record = record
        self.reporter = reporter
    }

    func take(_ ending: SigningDriver<SystemClock>.Ending, of place: Int) {
        let job = jobs[place]
        var told: [String] = []
        var unpushed: SignedBundle?
        do {
            switch ending {
            case .signed(let bundle, let session):
                job.pending?.remove(after: job.item.target.path)
                record.edit(job.number) { file in
                    file.fallback = session.fallback
                    file.pushed = session.pushed.first?.label
                }
                told = [SignRequest.success(job.item, bundle.verification)]
                if let image = session.image {
                    told += session.pushed.map {
                        "pushed the signature of \(image.name) to \(image.destination): \($0.label)"
                    }
                }
            case .pending(let session):
                try putOff(session, job)
            case .failed(let error, let session?) where isPutOff(error, session):
                try putOff(session, job, after: error)
            case .failed(let error, let session):
                unpushed = session?.verified
                throw error
            }
        } catch {
            failures.append((place, error))
            if job.isSignedAnew, (error as? SigningError)?.className == SigningJob.changedClass {
                job.pending?.remove()
            }
            record.edit(job.number) { file in
                file.failure = SigningOutcome(error).message
                file.pending = job.pending.flatMap { $0.isThere ? $0.path : nil }
            }
            if let unpushed { keep(unpushed, of: job) }
        }
        notes[place] = told
        while let notes = notes.removeValue(forKey: next) {
            for note in notes { reporter.note(note) }
            next += 1
        }
    }

    /// The log has the entry of an image's signature by now: where nothing else keeps that, stderr does.
    private func keep(_ unpushed: SignedBundle, of job: SigningJob) {
        guard job.item.image != nil, job.pending == nil, job.item.target.path == nil,
            record.files[job.number].isSigned
        else { return }
        reporter.fail("the signature of \(job.item.name) is not pushed; its bundle follows")
        reporter.writeVerbatim(String(decoding: unpushed.json, as: UTF8.self))
    }

    /// Whether only the log is missing, or an image's registry, and does not answer.
    private func isPutOff(_ error: any Error, _ session: SigningSession) -> Bool {
        guard deferral != nil, Cancellation.signal == nil, let error = error as? SigningError,
            session.lacksOnly(error.phase)
        else { return false }
        return [.notSent, .unknownOutcome, .deadline].contains(error.failureClass)
    }

    private func putOff(
        _ session: SigningSession, _ job: SigningJob, after error: (any Error)? = nil
    ) throws {
        var session = session
        guard let pending = job.pending, session.prepareDeferral() else {
            throw error ?? SignRequest.undeferrable
        }
        try job.checkFiles()
        try pending.write(session)
        record.edit(job.number) { file in
            file.isPutOff = true
            file.pending = pending.path
            file.fallback = session.fallback
            file.reason = error.map { "\($0)" }
        }
    }

    /// - Throws: The worst of the failures; those that say something else are told before.
    func check() throws {
        let sorted = failures.sorted { $0.place < $1.place }
        let weight = sorted.map { SigningOutcome($0.error).weight }.max()
        // It is told last, so of several the last one.
        guard let worst = sorted.last(where: { SigningOutcome($0.error).weight == weight }) else {
            return
        }
        if Cancellation.signal == nil {
            var told = [SigningOutcome(worst.error).message]
            for failure in sorted {
                let outcome = SigningOutcome(failure.error)
                if told.contains(outcome.message) { continue }
                told.append(outcome.message)
                if let text = outcome.text(about: record.files) { reporter.fail(text) }
            }
        }
        throw worst.error
    }
}

/// One signature of a run.
struct SigningJob {
    /// The number of its file in the record.
    let number: Int
    let item: SignRequest.Item
    /// Where it is kept until it is complete; nil where it is not.
    let pending: PendingPlace?
    /// The file of what is signed that has another content by now.
    var changed: () throws -> String? = { nil }
    /// Whether the same command signs a file anew that changes: then nothing is left pending of it.
    var isSignedAnew = false
    /// Makes or reads its session.
    var session: () throws -> SigningSession

    static let changedClass = "artifact-mismatch"

    /// - Throws: `SigningError` where what is signed is not there any more.
    func checkFiles() throws {
        guard let changed = try changed() else { return }
        throw SigningError(
            .selfCheck, .permanent, className: Self.changedClass,
            "\(quoted(changed)) has changed while it was signed; sign it again")
    }
}
