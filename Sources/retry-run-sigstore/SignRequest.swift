import Console
import FoundationEssentials
import RetryEngine
import SigningCrypto
import Sigstore

/// What one of the signing verbs is asked to do.
struct SignRequest {
    /// What is signed into one bundle.
    struct Item {
        /// For messages and the report.
        let name: String
        let content: SignableContent
        let target: BundleTarget
    }

    let command: String
    let signer: SignerOptions
    let trust: TrustSource
    /// A signing config that is used instead of the trust's own.
    var signingConfigFile: String?
    /// Services that are used instead of those of the signing config.
    var ownServices = NamedServices()
    let needs: SigningServices.Needs
    let limits: CallLimits
    let outcome: OutcomeOptions

    /// Signs, writes the bundles, and says how it went.
    ///
    /// - Parameters:
    ///   - key: Of verifiers' knowledge; nil for an identity.
    ///   - items: Read and checked by now: from here on there are calls.
    func perform(_ items: [Item], key: PrivateKey?) throws -> ExitCode {
        let cancellation = Cancellation()
        let reporter = Reporter(isQuiet: outcome.quiet, isTerminal: isTerminal)
        let journal = SigningJournal(reporter, attempts: limits.policy.attempts)
        let (started, start) = (Date(), ContinuousClock.now)
        warnOfLimits(reporter)

        var files = items.map { SigningOutcome.File(name: $0.name, target: $0.target) }
        var calls = try SigningCalls(
            limits, cancellation: cancellation.descriptor, whileWaiting: { journal.draw() },
            observer: { journal.note($0) })
        journal.deadline = limits.deadline == nil ? nil : calls.deadline
        var ending = SigningOutcome.signed
        do {
            let signer = try makeSigner(key, &calls, cancellation, reporter)
            journal.deadline = limits.deadline == nil ? nil : calls.deadline
            try signer.sign(items.map(\.content)) { number, bundle in
                try items[number].target.write(bundle.json)
                files[number].bundle = bundle
                journal.end()
                reporter.note(Self.success(files[number]))
            }
        } catch let error as SigningError {
            ending = .failed(error)
        } catch {
            ending = .unusable("\(error)")
        }
        journal.end()
        explainClock(calls, reporter)
        say(ending, cancellation, files, reporter)
        report(
            SigningReport(
                command: command, started: started, duration: start.duration(to: .now),
                limits: limits, phases: journal.phases, files: files, outcome: ending),
            reporter)
        return ending.exitCode
    }

    private func makeSigner(
        _ key: PrivateKey?, _ calls: inout SigningCalls<SystemClock>, _ cancellation: Cancellation,
        _ reporter: Reporter
    ) throws -> Signer<SystemClock> {
        let setUp = SigningSetUp(request: self, calls: calls, reporter: reporter)
        let trust = try setUp.trust()
        let services = try setUp.services(trust)
        if let key {
            return Signer(
                .key(key), services: services, trustedRoot: trust.trustedRoot, calls: calls)
        }
        var identity = try setUp.identity(trust, cancellation: cancellation.descriptor)
        if identity.isPerson {
            try setUp.logIn(&identity.session)
            // A person's time is not that of the services.
            calls.deadline = calls.clock.now.advanced(by: limits.deadline ?? .never)
        }
        return Signer(
            .identity(identity.session, expecting: signer.expectation), services: services,
            trustedRoot: trust.trustedRoot, calls: calls)
    }
}
