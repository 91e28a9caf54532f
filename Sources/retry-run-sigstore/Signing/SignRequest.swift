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
    var signingConfig: SigningConfig?
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
        if let report = outcome.report, items.contains(where: { $0.target.path == report }) {
            throw UsageError("the report and the bundle would both be '\(report)'")
        }
        let cancellation = Cancellation()
        let reporter = Reporter(
            isQuiet: outcome.quiet, isTerminal: isTerminal, isAlone: true)
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
                do {
                    try items[number].target.write(bundle.json)
                } catch {
                    // The log has its entry by now: what it is of must not be lost.
                    reporter.fail("\(error); the bundle of \(items[number].name) follows")
                    reporter.annotate(String(decoding: bundle.json, as: UTF8.self))
                    throw error
                }
                files[number].bundle = bundle
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
        let setUp = SigningSetUp(
            request: self, calls: calls, cancellation: cancellation.descriptor, reporter: reporter)
        // Nobody is asked anything where there is no name to sign in.
        let source = key == nil ? try setUp.identitySource() : nil
        let sessionAtHand = try source.flatMap { try setUp.sessionAtHand($0) }
        let trust = try setUp.trust()
        let services = try setUp.services(trust)
        let credential: Signer<SystemClock>.Credential
        if let source {
            var session = try sessionAtHand ?? setUp.session(source, trust)
            if case .person = source {
                try setUp.logIn(&session)
                // A person's time is not that of the services.
                calls.deadline = calls.clock.now.advanced(by: limits.deadline ?? .never)
            }
            credential = .identity(session)
        } else if let key {
            credential = .key(key)
        } else {
            preconditionFailure("nobody signs")
        }
        return Signer(
            credential, services: services, trustedRoot: trust.trustedRoot, calls: calls)
    }
}
