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
        let started = Date()
        let start = ContinuousClock.now
        var duration = Duration.zero
        var attempts: [Attempt] = []
        var error: SigningError?
    }

    /// One file, where its bundle goes, and the bundle once it is there.
    struct File: Sendable {
        let name: String
        /// Nil for stdout.
        let path: String?
        var bundle: SignedBundle?
        /// Whether an earlier run has made it.
        var isKept = false
    }

    let started = Date()
    let start = ContinuousClock.now
    private let state: Mutex<(phases: [Phase], files: [File], isReported: Bool)>

    init(_ files: [File]) {
        state = Mutex(([], files, false))
    }

    var phases: [Phase] { state.withLock(\.phases) }
    var files: [File] { state.withLock(\.files) }

    func begin(_ phase: SigningPhase) {
        state.withLock { $0.phases.append(Phase(phase: phase)) }
    }

    func editLastPhase(_ change: (inout Phase) -> Void) {
        state.withLock { state in
            if let last = state.phases.indices.last { change(&state.phases[last]) }
        }
    }

    func keep(_ bundle: SignedBundle, of number: Int, isEarlier: Bool = false) {
        state.withLock {
            $0.files[number].bundle = bundle
            $0.files[number].isKept = isEarlier
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
