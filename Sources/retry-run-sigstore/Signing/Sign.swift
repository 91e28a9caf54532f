import ArgumentParser
import Console
import POSIX
import SigningCrypto
import Sigstore

/// `retry-run sign`
struct Sign: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Signs files with Sigstore: one bundle beside each.",
        discussion: """
            Exit codes: 0 signed, 1 refused for good, 69 a service did not answer, 124 the deadline was \
            over, 125 an input or an option cannot be used. A signal ends it as any program.
            """)

    @Argument(help: ArgumentHelp("What to sign; - is stdin.", valueName: "file"))
    var files: [String] = []

    @OptionGroup
    var bundle: BundleOptions

    @OptionGroup
    var options: SigningOptions

    func perform() throws -> ExitCode {
        guard !files.isEmpty else { throw UsageError("say what to sign: a file, or - for stdin") }
        if bundle.bundle != nil, files.count > 1 {
            throw UsageError("--bundle is for one file; each of several gets one beside it")
        }
        let items = try files.map { file in
            let target = try bundle.target(beside: file, isBatch: files.count > 1)
            return SignRequest.Item([file], target)
        }
        if let twice = files.repeated { throw UsageError("\(quoted(twice)) is given twice") }
        let request = try options.request("sign", bundle.outcome, inputs: files)
        return try request.perform(items) {
            let key = try options.key(Password(isStdinTaken: files.contains("-")))
            let contents = try files.map {
                SignableContent.artifact(
                    try ArtifactInput.file($0).read(.init(signingWith: key)))
            }
            return (contents, key)
        }
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
        // Of two texts that look the same each may be the name of a file.
        var seen: Set<[UInt8]> = []
        return first { !seen.insert($0.fileNameBytes).inserted }
    }
}
