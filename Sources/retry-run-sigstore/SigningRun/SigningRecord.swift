import FoundationEssentials
import HTTP
import Sigstore
import Synchronization

/// What has happened so far: kept for the report, which another thread may have to write.
final class SigningRecord: Sendable {
    struct Attempt: Sendable {
        let number: Int
        let call: String
        let started: Date
        let duration: Duration
        /// Nil for a success.
        let failure: HTTPError?
        var delayAfter: Duration?
    }

    struct Phase: Sendable {
        let phase: SigningPhase
        /// The number of the file that it is for; nil where it is for all of them.
        let number: Int?
        let started = Date()
        let start = ContinuousClock.now
        var duration = Duration.zero
        var attempts: [Attempt] = []
        var error: SigningError?
    }

    /// One file, where its bundle goes, and what that has shown once it is there. The bundle itself is not kept:
    /// a run may be of thousands.
    struct File: Sendable {
        let name: String
        /// Nil for stdout.
        let path: String?
        var verification: Verification?
        /// Whether an earlier run has made it.
        var isKept = false
        /// What is left to go on with, in a file of this name.
        var pending: String?
        /// Whether its log entry, or its push, was put off, which is not a failure.
        var isPutOff = false
        /// Why the log or the registry has not got it: of one that was put off.
        var reason: String?
        /// Why it is not signed.
        var failure: String?
        /// The log that has stood in.
        var fallback: LogFallback?
        /// Of an image: the digest by which its signature is in the registry.
        var pushed: String?
        var isImage = false
        /// An earlier run has left a bundle.
        var hasEarlierBundle = false

        /// The bundle is where it goes.
        var isSigned: Bool { verification != nil }
        /// It is signed, and its registry does not have that.
        var isUnpushed: Bool { isSigned && isImage && pushed == nil }
        /// Its bundle is there, and the run has ended before it was looked at.
        var isUnjudged: Bool { hasEarlierBundle && !isSigned && failure == nil }
        /// Nothing is left to be done.
        var isComplete: Bool { isSigned && !isUnpushed }
    }

    /// What limits how long a run may last.
    struct Terms: Sendable {
        /// The end of an identity token that cannot be replaced.
        var tokenEnd: Date?
        /// Whether the log takes entries only while the certificate lasts.
        var isLogTimed = false
    }

    let started = Date()
    let start = ContinuousClock.now
    private let state:
        Mutex<
            (phases: [Phase], files: [File], terms: Terms, isReported: Bool)
        >

    init(_ files: [File]) {
        state = Mutex(([], files, Terms(), false))
    }

    var terms: Terms {
        get { state.withLock(\.terms) }
        set { state.withLock { $0.terms = newValue } }
    }

    var phases: [Phase] { state.withLock(\.phases) }
    var files: [File] { state.withLock(\.files) }

    func begin(_ phase: SigningPhase, of number: Int?) {
        state.withLock { $0.phases.append(Phase(phase: phase, number: number)) }
    }

    func has(_ phase: SigningPhase, of number: Int?) -> Bool {
        phases.contains { $0.phase == phase && $0.number == number }
    }

    func editLast(_ phase: SigningPhase, of number: Int?, _ change: (inout Phase) -> Void) {
        state.withLock { state in
            let last = state.phases.lastIndex { $0.phase == phase && $0.number == number }
            if let last { change(&state.phases[last]) }
        }
    }

    func keep(_ verification: Verification, of number: Int, isEarlier: Bool = false) {
        state.withLock {
            $0.files[number].verification = verification
            $0.files[number].isKept = isEarlier
        }
    }

    func edit(_ number: Int, _ change: (inout File) -> Void) {
        state.withLock { change(&$0.files[number]) }
    }

    /// Looks for what is left to go on with, of each that is not complete.
    ///
    /// - Parameter paths: Where that would be.
    func findPending(at paths: [String?]) {
        for (number, path) in paths.enumerated() {
            guard let path, !files[number].isComplete, InputFile.exists(path) else { continue }
            edit(number) { $0.pending = path }
        }
    }

    /// True once only: there is one report.
    func takesReport() -> Bool {
        state.withLock { state in
            defer { state.isReported = true }
            return !state.isReported
        }
    }
}
