import ArgumentParser
import Console
import FoundationEssentials
import OCI
import OperatingSystem
import SigningCrypto
import Sigstore

/// What an attestation says.
struct AttestationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The predicate, in JSON; - is stdin.", valueName: "file"))
    var predicate: String?

    @Option(
        help: ArgumentHelp(
            "The type of the predicate: a URI, or one of "
                + PredicateType.aliases.joined(separator: ", ") + ". (default: custom)",
            valueName: "type"),
        completion: .list(PredicateType.aliases))
    var type: String?

    @Option(
        help: ArgumentHelp(
            "A whole in-toto statement instead, signed byte for byte; - is stdin.",
            valueName: "file"))
    var statement: String?

    /// - Throws: `UsageError` unless there is just one thing to say.
    func check(files: [String]) throws {
        switch (predicate, statement) {
        case (nil, nil):
            throw UsageError("say what to attest: --predicate FILE, or --statement FILE")
        case (.some, .some):
            throw UsageError("--predicate and --statement are mutually exclusive")
        case (nil, .some):
            if type != nil {
                throw UsageError("--type is for --predicate; a statement has a type of its own")
            }
        case (.some, nil):
            guard !files.isEmpty else {
                throw UsageError("say what the attestation is about: a file, or - for stdin")
            }
        }
        if files.count > Statement.subjectLimit {
            throw UsageError(
                "an attestation is about at most \(Statement.subjectLimit) subjects, as other verifiers "
                    + "take no more; got \(files.count) files")
        }
        if let twice = (files + inputs).repeated {
            throw UsageError("\(quoted(twice)) is given twice")
        }
    }

    /// The files that these options read.
    var inputs: [String] { [predicate, statement].compactMap { $0 } }

    /// Signs the statement.
    func perform(
        _ request: SignRequest, about files: [String], target: BundleTarget,
        key: () throws -> (any SigningKey)?
    ) throws -> ExitCode {
        let item = SignRequest.Item(
            files.isEmpty ? [statement].compactMap { $0 } : files, target, about: files)
        return try request.perform([item]) {
            ([try content(about: files)], try key())
        }
    }

    /// The statement, made or read.
    private func content(about files: [String]) throws -> SignableContent {
        let payload = try payload(files)
        let statement = try Self.read(payload, isOwn: self.statement == nil)
        if self.statement != nil {
            let digests = statement.subjects.flatMap(\.digests)
            for file in files {
                let artifact = try ArtifactInput.file(file).read(.allDigests)
                guard artifact.all.contains(where: digests.contains) else {
                    throw UsageError("the statement is not about \(quoted(file))")
                }
            }
        }
        return .statement(payload, statement)
    }

    /// What is read before the subjects are known.
    enum Source {
        case statement([UInt8])
        case predicate(AttestationPredicate)

        /// What tells it from other attestations of the same image: its type, of a whole statement its digest.
        var name: String {
            switch self {
            case .statement(let payload): Digest(of: payload).label
            case .predicate(let predicate): predicate.type
            }
        }

        func payload(about subjects: [Statement.Subject]) -> [UInt8] {
            switch self {
            case .statement(let payload): payload
            case .predicate(let predicate): predicate.statement(about: subjects)
            }
        }
    }

    /// The statement about an image, whose subject is named by its repository.
    func content(_ source: Source, about image: ImageDestination) throws -> SignableContent {
        let digest = image.subject.digest
        let payload = source.payload(about: [
            Statement.Subject(name: "\(image.repository)", digests: [digest])
        ])
        let statement = try Self.read(payload, isOwn: self.statement == nil)
        guard statement.subjects.contains(where: { $0.digests.contains(digest) }) else {
            throw UsageError("the statement is not about \(image.name)")
        }
        return .statement(payload, statement)
    }

    private func payload(_ files: [String]) throws -> [UInt8] {
        let source = try source()
        guard case .predicate = source else { return source.payload(about: []) }
        return source.payload(about: try files.map(Self.subject))
    }

    private static func read(_ payload: [UInt8], isOwn: Bool) throws -> Statement {
        do {
            return try Statement(json: payload)
        } catch {
            let option = isOwn ? "--predicate" : "--statement"
            throw UsageError("\(option): not an in-toto statement: \(error)")
        }
    }

    /// Reads the statement, or what is to be made one.
    func source() throws -> Source {
        if let statement {
            return .statement(try InputFile(statement).content(limit: Statement.sizeLimit))
        }
        guard let file = predicate else { preconditionFailure("nothing to attest") }
        let content = try InputFile(file).content(limit: Statement.sizeLimit)
        let word = type ?? "custom"
        do {
            return .predicate(try AttestationPredicate(content, type: word, at: Date()))
        } catch {
            throw UsageError("--predicate \(quoted(file)), --type \(quoted(word)): \(error)")
        }
    }

    private static func subject(_ file: String) throws -> Statement.Subject {
        let artifact = try ArtifactInput.file(file).read(.init(signingWith: .ecdsa(.p256)))
        let base = file.split(separator: "/").last.map(String.init) ?? file
        return Statement.Subject(
            name: file == "-" ? "stdin" : base.displayedFileName, digests: artifact.all)
    }
}
