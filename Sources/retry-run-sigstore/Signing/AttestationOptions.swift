import ArgumentParser
import Console
import FoundationEssentials
import POSIX
import SigningCrypto
import Sigstore

/// What an attestation says.
struct AttestationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What is said of the files; - is stdin.", valueName: "file"))
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
            throw UsageError("--predicate and --statement exclude each other")
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
        key: () throws -> PrivateKey?
    ) throws -> ExitCode {
        let item = SignRequest.Item(
            files.isEmpty ? [statement].compactMap { $0 } : files, target)
        return try request.perform([item]) {
            ([try content(about: files)], try key())
        }
    }

    /// The statement, made or read.
    private func content(about files: [String]) throws -> SignableContent {
        let payload = try payload(files)
        let statement: Statement
        do {
            statement = try Statement(json: payload)
        } catch {
            let option = self.statement == nil ? "--predicate" : "--statement"
            throw UsageError("\(option): not an in-toto statement: \(error)")
        }
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

    private func payload(_ files: [String]) throws -> [UInt8] {
        if let statement { return try InputFile(statement).content(limit: Statement.sizeLimit) }
        guard let file = predicate else { preconditionFailure("nothing to attest") }
        let content = try InputFile(file).content(limit: Statement.sizeLimit)
        let word = type ?? "custom"
        do {
            let predicate = try AttestationPredicate(content, type: word, at: Date())
            return predicate.statement(about: try files.map(Self.subject))
        } catch let error as AttestationError {
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
