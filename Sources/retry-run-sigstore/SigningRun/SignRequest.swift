import Console
import FoundationEssentials
import HTTP
import OCI
import OpenIDConnect
import OperatingSystem
import RetryEngine
import SigningCrypto
import Sigstore

/// What one of the signing verbs is asked to do.
struct SignRequest {
    /// What is read before anything is sent; the key is nil for an identity.
    typealias Inputs = (contents: [SignableContent], key: (any SigningKey)?)

    let command: String
    let signer: SignerOptions
    let trust: TrustSource
    /// A signing config that is used instead of the trust's own.
    var signingConfig: SigningConfig?
    /// Services that are used instead of those of the signing config.
    var ownServices = NamedServices()
    let needs: SigningServices.Needs
    let limits: RetryConfiguration
    let outcome: OutcomeOptions
    /// The files that are read.
    let inputs: [String]
    /// How many are signed at a time.
    var parallel = 16
    /// What becomes of those that are not finished.
    var pending = PendingPolicy()

    /// Signs, writes the bundles, and says how it went.
    ///
    /// - Parameters:
    ///   - images: What is known of the images among what is signed.
    ///   - read: Reads and checks the inputs.
    func perform(
        _ items: [Item], _ images: ImageResolution? = nil, read: () throws -> Inputs
    ) throws -> ExitCode {
        limits.start()
        for item in items { try pending.check(item.target) }
        try checkOutputs(items)
        return try conclude(items) { record, reporter in
            let found = Found(
                bundles: try items.map { try $0.target.earlierBundle() },
                pending: try items.map { try earlierPending($0) },
                files: items.map { WatchedFiles($0.artifacts) })
            for number in items.indices where found.bundles[number] != nil {
                record.edit(number) { $0.hasEarlierBundle = true }
            }
            var items = items
            func isToSign(_ number: Int) -> Bool {
                found.bundles[number] == nil && items[number].refusal == nil
            }
            for number in items.indices where isToSign(number) { try prove(items[number]) }
            let inputs = try read()
            for (number, content) in inputs.contents.enumerated() {
                try images?.refuse(
                    &items[number], content, isPending: found.pending[number] != nil)
                if found.bundles[number] == nil {
                    try check(found.pending[number], of: items[number], content)
                }
                if content.room > BundleTarget.usualRoom, isToSign(number) {
                    try prove(items[number], room: content.room)
                }
            }
            guard items.indices.contains(where: isToSign) || items.allSatisfy({ $0.refusal == nil })
            else {
                let refused = items.enumerated().compactMap { number, item in
                    item.refusal.map { (number, item, $0) }
                }
                return try refuse(refused, record, reporter)
            }
            try sign(items, found, inputs, images, record, reporter)
        }
    }

    /// Ends what cannot be signed, and for which nobody needs to be asked.
    ///
    /// - Throws: The worst of the reasons; the others are told.
    func refuse(
        _ refused: [(number: Int, item: Item, reason: any Error)], _ record: SigningRecord,
        _ reporter: Reporter
    ) throws {
        let jobs = refused.map { number, item, reason in
            SigningJob(number: number, item: item, pending: nil) { throw reason }
        }
        let results = SigningResults(jobs, deferral: nil, record, reporter)
        for (place, refusal) in refused.enumerated() {
            results.take(.failed(refusal.reason, nil), of: place)
        }
        try results.check()
    }

    private func prove(_ item: Item, room: Int = BundleTarget.usualRoom) throws {
        try item.target.prove(room: room)
        if pending.keeps { try item.pendingPlace?.prove(room: room) }
    }

    /// Ends a run that was stopped before it knew what there is to sign.
    func end(_ names: [String], by stopped: Stopped) throws -> ExitCode {
        try conclude(names.map { Item(refused: $0, stopped) }) { _, _ in throw stopped }
    }

    /// Does the work of a run, and says how it went.
    func conclude(
        _ items: [Item], _ work: (SigningRecord, Reporter) throws -> Void
    ) throws -> ExitCode {
        let reporter = Reporter(isQuiet: outcome.quiet, isTerminal: isTerminal, isAlone: true)
        let record = SigningRecord(
            items.map {
                SigningRecord.File(name: $0.name, path: $0.target.path, isImage: $0.target.isImage)
            })
        let showsProgress = reporter.showsProgress
        let pendingPaths = items.map { $0.pendingPlace?.path }
        Cancellation.setLastWords { stopped in
            record.findPending(at: pendingPaths)
            let ending = SigningOutcome(stopped)
            if let text = ending.text(about: record.files) {
                Reporter.sayWithoutWaiting("error: \(text)", over: showsProgress)
            }
            try? report(ending, record)
        }
        var ending: SigningOutcome
        do {
            try work(record, reporter)
            ending = record.files.contains(where: \.isPutOff) ? .pending : .signed
        } catch let error as UsageError where record.phases.isEmpty {
            throw error
        } catch {
            ending = SigningOutcome(error)
        }
        record.findPending(at: pendingPaths)
        if let text = ending.text(about: record.files) { reporter.fail(text) }
        if let hint = hint(ending, record) { reporter.hint(hint) }
        SigningNotices(record.files, command: command).tell(reporter)
        do {
            try report(ending, record)
        } catch {
            reporter.warn("the report was not written: \(error)")
        }
        sendTrace(ending, record, reporter)
        return ending.exitCode
    }

    private func checkOutputs(_ items: [Item]) throws {
        var outputs = OutputChoice()
        for item in items {
            let place = item.target.path.map(quoted) ?? "on stdout"
            outputs.add("the bundle \(place)", item.target.identity)
            if pending.keeps, let place = item.pendingPlace {
                outputs.add("the pending signature \(quoted(place.path))", FileIdentity(place.path))
            }
        }
        if let report = outcome.report {
            outputs.add("the report \(quoted(report))", FileIdentity(report))
        }
        try outputs.check(inputs: inputs)
    }

    private func sign(
        _ items: [Item], _ found: Found, _ inputs: Inputs, _ images: ImageResolution?,
        _ record: SigningRecord, _ reporter: Reporter
    ) throws {
        var rest = Array(items.indices)
        try withCalls(record, reporter, places: { rest[$0] }) { calls, journal in
            let setUp = try setUp(inputs.key, &calls, reporter)
            journal.deadline = calls.end
            record.terms = setUp.terms
            try checkDeferral(setUp.services)
            var known: VerificationPolicy?
            func policy() throws -> VerificationPolicy {
                let policy = try known ?? self.policy(inputs.key, setUp, calls)
                known = policy
                return policy
            }
            let left = try keep(
                found, of: items, inputs, images, setUp, record, reporter,
                policy: policy)
            rest = left.keys.sorted()
            guard !rest.isEmpty else { return }
            let signer = try found.pending.contains { $0 != nil } ? policy().signer : nil
            let jobs = rest.compactMap { number in
                left[number].map { item in
                    let content = inputs.contents[number]
                    return SigningJob(
                        number: number, item: item,
                        pending: pending.keeps ? item.pendingPlace : nil,
                        changed: { found.files[number].changed(since: content) },
                        isSignedAnew: true
                    ) {
                        if let refusal = item.refusal { throw refusal }
                        return try session(
                            content, inputs.key, setUp.services, from: found.pending[number],
                            of: item, by: signer, reporter)
                    }
                }
            }
            let preparation = preparation(calls, reporter)
            try run(
                jobs, setUp.credential, setUp.trustedRoot, calls, images?.known, record, reporter,
                renewServices: {
                    trust.isFetched ? try preparation.services(preparation.trust()) : nil
                })
        }
    }

    /// Does something with the way to the services, and says in the end what clocks have shown.
    ///
    /// - Parameter places: The numbers of files by those of sessions.
    func withCalls(
        _ record: SigningRecord, _ reporter: Reporter, places: @escaping (Int) -> Int,
        _ body: (inout SigningCalls<SystemClock>, SigningJournal) throws -> Void
    ) throws {
        warnOfLimits(reporter)
        let journal = SigningJournal(record, reporter)
        var calls = try SigningCalls(
            limits, deadline: limits.runEnd, whileWaiting: { journal.draw() },
            observer: { event, place in
                // From here on only the calls have a deadline: an entry that is made must not be lost.
                switch event {
                case .begins(.log), .begins(.push): Cancellation.setDeadline(nil)
                default: break
                }
                journal.note(event, of: place.map(places))
            })
        defer {
            journal.end()
            explainClock(calls, reporter)
        }
        journal.deadline = calls.end
        try body(&calls, journal)
    }

    /// What the bundles of this run have to show.
    private func policy(
        _ key: (any SigningKey)?, _ setUp: SignerPreparation, _ calls: SigningCalls<SystemClock>
    ) throws -> VerificationPolicy {
        try VerificationPolicy(
            of: key, signer.expectation, setUp.services, token: { try setUp.token(calls) })
    }

    func preparation(
        _ calls: SigningCalls<SystemClock>, _ reporter: Reporter
    ) -> SigningPreparation {
        SigningPreparation(
            request: self, calls: calls, cancellation: Cancellation.descriptor, reporter: reporter)
    }

    private func setUp(
        _ key: (any SigningKey)?, _ calls: inout SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> SignerPreparation {
        let setUp = preparation(calls, reporter)
        // Nobody is asked anything where there is no name to sign in.
        let source = key == nil ? try setUp.identitySource() : nil
        let sessionAtHand = try source.flatMap { try setUp.sessionAtHand($0) }
        let trust = try setUp.trust()
        let services = try setUp.services(trust)
        let credential: SigningDriver<SystemClock>.Credential
        if let source {
            var session = try sessionAtHand ?? setUp.session(source, trust)
            if case .person = source {
                // A person's time is not that of the services.
                try Cancellation.withoutDeadline { try setUp.logIn(&session) }
                calls.deadline = limits.runEnd
            }
            credential = .identity(session)
        } else if let key {
            credential = .key(key)
        } else {
            preconditionFailure("nobody signs")
        }
        return SignerPreparation(
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
