import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// `retry-run sign`
struct Sign: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Signs files with Sigstore: one bundle beside each.",
        discussion: """
            Exit codes: 0 signed, 1 refused for good, 69 a service did not answer or the run was \
            cancelled, 124 the deadline was over, 125 an input or an option cannot be used.
            """)

    @Argument(help: ArgumentHelp("What to sign; - is stdin.", valueName: "file"))
    var files: [String] = []

    @OptionGroup
    var bundle: BundleOptions

    @OptionGroup
    var options: SigningOptions

    func perform() throws -> ExitCode {
        guard !files.isEmpty else { throw UsageError("say what to sign: a file, or - for stdin") }
        if let twice = files.repeated { throw UsageError("\(quoted(twice)) is given twice") }
        if bundle.bundle != nil, files.count > 1 {
            throw UsageError("--bundle is for one file; each of several gets one beside it")
        }
        let targets = try files.map {
            try bundle.bundle.map { BundleTarget($0) } ?? BundleTarget(beside: $0)
        }
        let request = try options.request("sign", bundle.outcome, inputs: files)
        for target in targets {
            try target.check(overwrites: bundle.overwrite, inputs: files + options.inputs)
        }
        let key = try options.key(Password(isStdinTaken: files.contains("-")))
        let items = try zip(files, targets).map { file, target in
            SignRequest.Item(
                name: file == "-" ? "stdin" : file,
                content: .artifact(try ArtifactInput.file(file).read(.init(signingWith: key))),
                target: target)
        }
        return try request.perform(items, key: key)
    }
}

extension ArtifactNeed {
    /// - Parameter key: Nil for a key that is made for the run.
    init(signingWith key: PrivateKey?) {
        self.init(signingWith: key?.publicKey.kind ?? .ecdsa(.p256))
    }
}

extension [String] {
    /// The first text that is there more than once.
    var repeated: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0).inserted }
    }
}
