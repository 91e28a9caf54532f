import ArgumentParser
import Console
import Sigstore

/// `retry-run attest`
struct Attest: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Signs a statement about files: an in-toto attestation in one bundle.",
        discussion: """
            Several files are several subjects of one statement. Exit codes are those of sign.
            """)

    @Argument(help: ArgumentHelp("What the attestation is about; - is stdin.", valueName: "file"))
    var files: [String] = []

    @OptionGroup
    var attestation: AttestationOptions

    @OptionGroup
    var bundle: BundleOptions

    @OptionGroup
    var options: SigningOptions

    func perform() throws -> ExitCode {
        try attestation.check(files: files)
        let target: BundleTarget
        if let word = bundle.bundle {
            target = BundleTarget(word)
        } else if files.count == 1 {
            target = try BundleTarget(beside: files[0])
        } else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        let inputs = files + attestation.inputs
        let request = try options.request("attest", bundle.outcome, inputs: inputs)
        try target.check(overwrites: bundle.overwrite, inputs: inputs + options.inputs)
        let key = try options.key(Password(isStdinTaken: inputs.contains("-")))
        return try request.perform(
            [try attestation.item(about: files, target: target)], key: key)
    }
}
