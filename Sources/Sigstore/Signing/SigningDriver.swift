import FoundationEssentials
import HTTP
package import OCI
package import OpenIDConnect
package import RetryEngine
package import SigningCrypto

/// Signs, many contents at once, and hands nothing out that was not verified.
///
/// What is to be done is each session's to say. Here it is done: calls, signatures, pauses, pushes; one
/// certificate serves all sessions while it lasts.
package final class SigningDriver<Clock: RetryClock> {
    package enum Credential {
        /// A certificate for a key that is made for this run and never written.
        case identity(IdentitySession<Clock.Instant>)
        /// A key that verifiers know.
        case key(any SigningKey)
        /// Nobody: what is signed already is completed.
        case nobody
    }

    /// How a signature has ended.
    package enum Ending {
        case signed(SignedBundle, SigningSession)
        /// All is done but what was put off.
        case pending(SigningSession)
        /// The session, where it came so far, holds what there is.
        case failed(any Error, SigningSession?)
    }

    /// What is done besides the calls.
    package struct Actions {
        /// Makes or reads the session of a number, as late as possible.
        package var session: (Int) throws -> SigningSession
        /// Stores it: before the first call whose outcome could be lost, and after each step from then on.
        package var store: (Int, SigningSession) throws -> Void = { _, _ in }
        /// Told that one is signed anew under another certificate, and why.
        package var signsAnew: (Int, String) -> Void = { _, _ in }
        /// Writes a bundle that is complete.
        package var write: (Int, SignedBundle) throws -> Void = { _, _ in }
        /// Told how each ends, as it comes.
        package var ended: (Int, Ending) -> Void

        package init(
            session: @escaping (Int) throws -> SigningSession,
            ended: @escaping (Int, Ending) -> Void
        ) {
            self.session = session
            self.ended = ended
        }
    }

    let certificates: CertificateSource<Clock>?
    let key: (any SigningKey)?
    let trustedRoot: TrustedRoot
    let calls: SigningCalls<Clock>
    private let parallel: Int
    /// Gets the services by the newest signing config, after a log was frozen.
    package var renewServices: () throws -> SigningServices? = { nil }
    var renewed: SigningServices??
    /// Those that images go to; nil where there is no image.
    package var registries: KnownRegistries?
    var active: [Int: ActiveSession<Clock.Instant>] = [:]
    private(set) var actions: Actions?

    /// - Parameter parallel: How many sessions are on their way at a time.
    package init(
        _ credential: Credential, trustedRoot: TrustedRoot, calls: SigningCalls<Clock>,
        parallel: Int = 16
    ) {
        var certificates: CertificateSource<Clock>?
        var key: (any SigningKey)?
        switch credential {
        case .identity(let identity):
            certificates = CertificateSource(identity, trustedRoot: trustedRoot, calls: calls)
        case .key(let given): key = given
        case .nobody: break
        }
        self.certificates = certificates
        self.key = key
        self.trustedRoot = trustedRoot
        self.calls = calls
        self.parallel = max(parallel, 1)
    }

    /// Brings that many sessions to their ends. One that fails does not end the others.
    package func run(_ count: Int, _ actions: Actions) {
        self.actions = actions
        defer { self.actions = nil }
        var begun = 0
        while true {
            while active.count < parallel, begun < count, !calls.driver.isCancelled {
                begin(begun)
                begun += 1
            }
            if active.isEmpty {
                if begun == count || calls.driver.isCancelled { break }
                continue
            }
            let wakeUp = active.values.compactMap(\.pauseEnd).min()
            if let ended = calls.driver.next(until: wakeUp) {
                take(ended)
            } else if calls.driver.isCancelled || wakeUp == nil {
                for number in active.keys.sorted() {
                    let phase = active[number]?.phase ?? .log
                    fail(number, SigningError.cancelled(phase, after: "a pause was cut short"))
                }
            } else {
                for number in active.keys.sorted()
                where active[number]?.isAwake(calls.clock.now) == true {
                    active[number]?.pauseEnd = nil
                    goOn(number)
                }
            }
        }
        for number in begun..<max(begun, count) {
            actions.ended(
                number, .failed(SigningError.cancelled(.log, after: "it was not begun"), nil))
        }
    }

    private func begin(_ number: Int) {
        guard let actions else { return }
        do {
            active[number] = ActiveSession(try actions.session(number))
            goOn(number)
        } catch {
            actions.ended(number, .failed(error, nil))
        }
    }
}

// MARK: - Ends and phases

extension SigningDriver {
    func end(_ number: Int, _ session: SigningSession) {
        leavePhase(number)
        active[number] = nil
        actions?.ended(
            number, session.verified.map { .signed($0, session) } ?? .pending(session))
    }

    func fail(_ number: Int, _ error: any Error) {
        let session = active[number]?.session
        if active[number]?.isStored == true, let session { try? actions?.store(number, session) }
        leavePhase(number, error as? SigningError)
        active[number] = nil
        actions?.ended(number, .failed(error, session))
    }

    func enter(_ phase: SigningPhase, _ number: Int) {
        guard let current = active[number]?.phase, current != phase else {
            if active[number]?.phase == nil {
                active[number]?.phase = phase
                calls.observer(.begins(phase), number)
            }
            return
        }
        leavePhase(number)
        active[number]?.phase = phase
        calls.observer(.begins(phase), number)
    }

    func leavePhase(_ number: Int, _ error: SigningError? = nil) {
        guard let phase = active[number]?.phase else { return }
        active[number]?.phase = nil
        calls.observer(.ended(phase, error), number)
    }
}
