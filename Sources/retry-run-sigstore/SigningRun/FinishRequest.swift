import Console
import HTTP
import OCI
import OpenIDConnect
import OperatingSystem
import Patterns
import SigningCrypto
import Sigstore

/// Completing what is pending.
extension SignRequest {
    /// Brings pending signatures to their ends, and says how it went.
    ///
    /// - Parameter paths: Of pending files.
    func finish(_ paths: [String]) throws -> ExitCode {
        limits.start()
        let reporter = Reporter(isQuiet: outcome.quiet)
        guard !paths.isEmpty else {
            reporter.note("nothing is pending")
            return .success
        }
        try checkReport(over: paths)
        var items: [Item] = []
        var names: [String] = []
        var begun: [(number: Int, place: PendingPlace, files: WatchedFiles)] = []
        var unusable: [(number: Int, error: any Error)] = []
        // Each is read here, and again when its turn comes: not all of them are in memory at once.
        for (number, path) in paths.enumerated() {
            do {
                let file = try PendingPlace.read(path)
                items.append(Self.item(path, file))
                let files = file.files.map { RelativePath.resolved($0, fromFolderOf: path) }
                names += files
                let watched = WatchedFiles(files)
                try check(file, of: files, at: path, items[number], reporter)
                begun.append((number, PendingPlace(path, file), watched))
            } catch {
                try Cancellation.check()
                if items.count == number {
                    items.append(Item([path], BundleTarget("-", .isReplaced)))
                }
                unusable.append((number, error))
            }
        }
        try checkReport(over: names, besideBundlesOf: items)
        let isWithImages = items.contains { $0.image != nil }
        let registries =
            try isWithImages ? KnownRegistries(attemptLimit: limits.timeout) : nil
        return try conclude(items) { record, reporter in
            let refusal = Self.failure {
                let refused = unusable.map { ($0.number, items[$0.number], $0.error) }
                try refuse(refused, record, reporter)
            }
            let failure = Self.failure {
                if !begun.isEmpty { try complete(begun, items, registries, record, reporter) }
            }
            guard let refusal, let failure else {
                if let only = refusal ?? failure { throw only }
                return
            }
            let isRefusalWorse = Self.isWorse(refusal, than: failure)
            let other = SigningOutcome(isRefusalWorse ? failure : refusal)
            if let text = other.text(about: record.files) { reporter.fail(text) }
            throw isRefusalWorse ? refusal : failure
        }
    }

    private static func failure(_ work: () throws -> Void) -> (any Error)? {
        do {
            try work()
            return nil
        } catch {
            return error
        }
    }

    private func complete(
        _ begun: [(number: Int, place: PendingPlace, files: WatchedFiles)], _ items: [Item],
        _ registries: KnownRegistries?, _ record: SigningRecord, _ reporter: Reporter
    ) throws {
        var numbers: [Int] = []
        try withCalls(record, reporter, places: { numbers[$0] }) { calls, journal in
            let preparation = preparation(calls, reporter)
            let trust = try preparation.trust()
            let authority = preparation.certificateAuthority(trust)
            let credential = try authority == nil ? .nobody : credential(preparation, trust)
            let images = registries.map {
                Registries(calls, $0, parallel: parallel) {
                    reporter.note(SigningEvent.call(.push, $0))
                }
            }
            let lookedUp = begun.filter { items[$0.number].image != nil }.map(\.number)
            var jobs: [SigningJob] = []
            for (number, place, files) in begun {
                var job = job(
                    number, items[number], place, files, certificatesFrom: authority,
                    trust.trustedRoot)
                // The first one tells how its registry keeps signatures.
                if number == lookedUp.dropFirst().first, let images {
                    images.announce(
                        signaturesOf: lookedUp.dropFirst().compactMap { items[$0].image })
                }
                do {
                    if try keepBundle(of: job, trust.trustedRoot, record, reporter) { continue }
                    if let images,
                        try keepPush(of: job, images, trust.trustedRoot, record, reporter)
                    {
                        continue
                    }
                } catch {
                    try Cancellation.check()
                    job.session = { throw error }
                }
                jobs.append(job)
            }
            numbers = jobs.map(\.number)
            try run(
                jobs, credential, trust.trustedRoot, calls, registries, record, reporter,
                renewServices: {
                    self.trust.isFetched ? try preparation.services(preparation.trust()) : nil
                })
        }
    }

    /// Keeps a bundle of the same that is there by now, in the same name: then nothing is pending any more.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: `UsageError` for another bundle, unless it was to be replaced when this one was signed.
    private func keepBundle(
        of job: SigningJob, _ trustedRoot: TrustedRoot, _ record: SigningRecord,
        _ reporter: Reporter
    ) throws -> Bool {
        guard let place = job.pending, !place.overwrites, let path = job.item.target.path,
            InputFile.exists(path)
        else { return false }
        let session = try PendingPlace.read(place.path).session
        guard let policy = session.ownPolicy else { return false }
        let bundle = try EarlierBundle(path, else: "delete it, or \(quoted(place.path))")
            .verified(session.content, policy, trustedRoot)
        // What is pending of an image is its push.
        guard session.image == nil else { return false }
        record.keep(bundle.verification, of: job.number, isEarlier: true)
        place.remove()
        reporter.note(
            Self.success(job.item, bundle.verification, isEarlier: true, isWritten: false))
        return true
    }

    /// Keeps the signature of an image that its registry has already: an earlier run was ended before it could
    /// say so, or another copy of what is pending is finished.
    ///
    /// - Returns: Whether it has.
    /// - Throws: Why it cannot be pushed: then nothing is logged.
    private func keepPush(
        of job: SigningJob, _ images: Registries, _ trustedRoot: TrustedRoot,
        _ record: SigningRecord, _ reporter: Reporter
    ) throws -> Bool {
        guard let place = job.pending, let image = job.item.image else { return false }
        let session = try PendingPlace.read(place.path).session
        guard let policy = session.ownPolicy else { return false }
        do {
            let found = try images.signatures(of: image)
            let earlier = try EarlierSignature(
                among: found, of: image, session.content, trustedRoot,
                isLogTimed: session.services.isLogTimed, preferring: session.signature
            ) { policy }
            guard let earlier, earlier.signature == session.signature else {
                try images.prove(image.destination)
                return false
            }
            try job.item.target.write(earlier.bundle)
            record.keep(earlier.bundle.verification, of: job.number, isEarlier: true)
            record.edit(job.number) { $0.pushed = earlier.manifest.label }
            place.remove(after: job.item.target.path)
            reporter.note(
                Self.success(job.item, earlier.bundle.verification, isEarlier: true))
            return true
        } catch let error as RegistryError {
            throw error.signingFailure
        }
    }

    /// - Throws: `UsageError` for a report in the place of a bundle or of what is read.
    private func checkReport(over paths: [String], besideBundlesOf items: [Item] = []) throws {
        guard let report = outcome.report else { return }
        let (name, identity) = ("the report \(quoted(report))", FileIdentity(report))
        for path in items.compactMap(\.target.path) {
            var outputs = OutputChoice()
            outputs.add("the bundle \(quoted(path))", FileIdentity(path))
            outputs.add(name, identity)
            try outputs.check(inputs: [])
        }
        var outputs = OutputChoice()
        outputs.add(name, identity)
        try outputs.check(inputs: inputs + paths)
    }

    /// Whoever could sign anew what cannot be completed; nobody is asked.
    private func credential(
        _ preparation: SigningPreparation, _ trust: SigningTrust
    ) throws -> SigningDriver<SystemClock>.Credential {
        let source = try? preparation.identitySource()
        guard let source, case .ambient = source else { return .nobody }
        return .identity(try preparation.session(source, trust))
    }

    private static func item(_ path: String, _ file: PendingFile) -> Item {
        let place = { RelativePath.resolved($0, fromFolderOf: path) }
        if let image = file.session.image {
            let bundle =
                file.target.isEmpty ? nil : BundleTarget(place(file.target), .isReplaced)
            return Item(
                of: image, BundleTarget(image: bundle, pending: PendingPlace(path, file)))
        }
        return Item(
            file.files.isEmpty ? [path] : file.files.map(place),
            BundleTarget(place(file.target), .isReplaced))
    }

    private func job(
        _ number: Int, _ item: Item, _ place: PendingPlace, _ files: WatchedFiles,
        certificatesFrom authority: SigningServices.Service?, _ trustedRoot: TrustedRoot
    ) -> SigningJob {
        SigningJob(
            number: number, item: item, pending: place,
            changed: {
                try files.changed(since: PendingPlace.read(place.path).session.content)
            }
        ) {
            var session = try PendingPlace.read(place.path).session
            // No log is told of what this trust does not know.
            try session.checkIsGenuine(in: trustedRoot)
            session.defersLog = false
            if let authority { session.takeCertificates(from: authority) }
            return session
        }
    }

    /// - Throws: `SigningError` for a file that has changed since, and for a name that was not expected;
    ///   `UsageError` where the bundle would take the place of something else.
    private func check(
        _ file: PendingFile, of names: [String], at path: String, _ item: Item,
        _ reporter: Reporter
    ) throws {
        let content = file.session.content
        var outputs = OutputChoice()
        if let bundle = item.target.path {
            outputs.add("the bundle \(quoted(bundle))", FileIdentity(bundle))
        }
        try outputs.check(inputs: names + [path])
        // Whoever has made the file may have named any other, also a device or a FIFO.
        for name in names {
            guard FileIdentity(name)?.isRegular == true else {
                reporter.note(
                    "\(quoted(name)) is not here, and was not compared with what was signed")
                continue
            }
            let artifact = try ArtifactInput.file(name).read(.allDigests)
            guard artifact.all.contains(where: content.artifact.all.contains) else {
                throw SigningError(
                    .signature, .permanent, className: SigningJob.changedClass,
                    "\(quoted(name)) has changed since it was signed; sign it anew")
            }
        }
        let expected = signer.expectation
        guard let certificate = file.session.certificate else { return }
        if let identity = expected.identity,
            !certificate.identities.contains(where: identity.accepts)
        {
            throw SigningError(
                .signature, .permanent, className: "identity-mismatch",
                "expected the identity \(identity), found "
                    + certificate.identities.map { "'\($0)'" }.joined(separator: ", "))
        }
        if let issuer = expected.issuer, !(certificate.identityIssuer.map(issuer.accepts) ?? false)
        {
            throw SigningError(
                .signature, .permanent, className: "identity-mismatch",
                "expected the issuer \(issuer), found '\(certificate.identityIssuer ?? "none")'")
        }
    }

    private static func isWorse(_ error: any Error, than other: any Error) -> Bool {
        SigningOutcome(error).weight > SigningOutcome(other).weight
    }
}
