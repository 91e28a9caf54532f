import Console
import POSIX
import FoundationEssentials
import HTTP
import RetryEngine
import SigningCrypto
import Sigstore

/// What one of the signing verbs is asked to do.
struct SignRequest {
    /// What is signed into one bundle, for messages and the report, and where that goes.
    struct Item {
        let name: String
        let target: BundleTarget

        init(_ files: [String], _ target: BundleTarget) {
            name = files.map { $0 == "-" ? "stdin" : $0.displayedFileName }.joined(separator: ", ")
            self.target = target
        }
    }

    /// What is read before anything is sent; the key is nil for an identity.
    typealias Inputs = (contents: [SignableContent], key: PrivateKey?)

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
    /// The files that are read.
    let inputs: [String]

    /// Signs, writes the bundles, and says how it went.
    ///
    /// - Parameter read: Reads and checks the inputs.
    func perform(_ items: [Item], read: () throws -> Inputs) throws -> ExitCode {
        limits.start()
        try checkOutputs(items)
        let reporter = Reporter(isQuiet: outcome.quiet, isTerminal: isTerminal, isAlone: true)
        let record = SigningRecord(
            items.map { SigningRecord.File(name: $0.name, path: $0.target.path) })
        let showsProgress = reporter.showsProgress
        Cancellation.setLastWords { stopped in
            let ending = SigningOutcome(stopped)
            if let text = ending.text(about: record.files) {
                Reporter.sayWithoutWaiting("error: \(text)", over: showsProgress)
            }
            try? report(ending, record)
        }
        let ending: SigningOutcome
        do {
            let earlier = try items.map { try $0.target.earlierBundle() }
            let targets = zip(items, earlier).map { $1 == nil ? $0.target : nil }
            for target in targets { try target?.prove() }
            let inputs = try read()
            for (target, content) in zip(targets, inputs.contents) {
                try target?.prove(room: content.room)
            }
            try sign(items, earlier, inputs, record, reporter)
            ending = .signed
        } catch let error as UsageError where record.phases.isEmpty {
            throw error
        } catch {
            ending = SigningOutcome(error)
        }
        if let text = ending.text(about: record.files) { reporter.fail(text) }
        if let hint = ending.hint { reporter.hint(hint) }
        do {
            try report(ending, record)
        } catch {
            reporter.warn("the report was not written: \(error)")
        }
        return ending.exitCode
    }

    private func checkOutputs(_ items: [Item]) throws {
        var outputs = OutputChoice()
        for item in items {
            let place = item.target.path.map(quoted) ?? "on stdout"
            outputs.add("the bundle \(place)", item.target.identity)
        }
        if let report = outcome.report {
            outputs.add("the report \(quoted(report))", FileIdentity(report))
        }
        try outputs.check(inputs: inputs)
    }

    private func sign(
        _ items: [Item], _ earlier: [EarlierBundle?], _ inputs: Inputs, _ record: SigningRecord,
        _ reporter: Reporter
    ) throws {
        warnOfLimits(reporter)
        let journal = SigningJournal(record, reporter)
        var calls = try SigningCalls(
            limits, whileWaiting: { journal.draw() },
            observer: { event in
                // From here on only the calls have a deadline: an entry that is made must not be lost.
                if case .begins(.log) = event { Cancellation.setDeadline(nil) }
                journal.note(event)
            })
        defer {
            journal.end()
            explainClock(calls, reporter)
        }
        journal.deadline = limits.deadline == nil ? nil : calls.deadline
        let setUp = try setUp(inputs.key, &calls, reporter)
        journal.deadline = limits.deadline == nil ? nil : calls.deadline
        let rest = try keep(earlier, of: items, inputs, setUp, calls, record, reporter)
        guard !rest.isEmpty else { return }
        let signer = Signer(
            setUp.credential, services: setUp.services, trustedRoot: setUp.trustedRoot,
            calls: calls)
        try signer.sign(rest.map { inputs.contents[$0] }) { place, bundle in
            let number = rest[place]
            let item = items[number]
            do {
                try item.target.write(bundle.json)
            } catch {
                // The log has its entry by now: what it is of must not be lost.
                reporter.fail("\(error); the bundle of \(item.name) follows")
                reporter.annotate(String(decoding: bundle.json, as: UTF8.self))
                throw error
            }
            record.keep(bundle, of: number)
            reporter.note(Self.success(item, bundle.verification))
        }
    }

    /// Keeps what an earlier run has signed.
    /// - Returns: The places of the others.
    private func keep(
        _ earlier: [EarlierBundle?], of items: [Item], _ inputs: Inputs, _ setUp: SignerSetUp,
        _ calls: SigningCalls<SystemClock>, _ record: SigningRecord, _ reporter: Reporter
    ) throws -> [Int] {
        guard earlier.contains(where: { $0 != nil }) else { return Array(items.indices) }
        let policy = try VerificationPolicy(
            of: inputs.key, signer.expectation, setUp.services, token: { try setUp.token(calls) })
        for (number, bundle) in earlier.enumerated() {
            guard let bundle else { continue }
            let content = inputs.contents[number]
            let kept = try bundle.verified(content, policy, setUp.trustedRoot)
            record.keep(kept, of: number, isEarlier: true)
            reporter.note(Self.success(items[number], kept.verification, isEarlier: true))
        }
        return items.indices.filter { earlier[$0] == nil }
    }

    private func setUp(
        _ key: PrivateKey?, _ calls: inout SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> SignerSetUp {
        let setUp = SigningSetUp(
            request: self, calls: calls, cancellation: Cancellation.descriptor, reporter: reporter)
        // Nobody is asked anything where there is no name to sign in.
        let source = key == nil ? try setUp.identitySource() : nil
        let sessionAtHand = try source.flatMap { try setUp.sessionAtHand($0) }
        let trust = try setUp.trust()
        let services = try setUp.services(trust)
        let credential: Signer<SystemClock>.Credential
        if let source {
            var session = try sessionAtHand ?? setUp.session(source, trust)
            if case .person = source {
                // A person's time is not that of the services.
                try Cancellation.withoutDeadline { try setUp.logIn(&session) }
                calls.deadline = limits.end
            }
            credential = .identity(session)
        } else if let key {
            credential = .key(key)
        } else {
            preconditionFailure("nobody signs")
        }
        return SignerSetUp(
            credential: credential, services: services, trustedRoot: trust.trustedRoot)
    }
}

extension SignableContent {
    /// The most bytes that its bundle may have: a statement is in it in base64, and in the body of its
    /// entry.
    fileprivate var room: Int {
        guard case .statement(let payload, _) = self else { return BundleTarget.usualRoom }
        return BundleTarget.usualRoom + 4 * payload.count
    }
}

/// What a signer is made of.
private struct SignerSetUp {
    let credential: Signer<SystemClock>.Credential
    let services: SigningServices
    let trustedRoot: TrustedRoot

    /// A token of whom it signs for, where it has an identity.
    func token(_ calls: SigningCalls<SystemClock>) throws -> IdentityToken {
        guard case .identity(var session) = credential else {
            preconditionFailure("a key signs without a token")
        }
        do {
            return try session.token(at: calls.services.now, deadline: calls.deadline)
        } catch {
            throw SigningError(.token, error)
        }
    }
}
