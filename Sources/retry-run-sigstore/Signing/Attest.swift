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
        guard bundle.bundle != nil || files.count == 1 else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        let target = try bundle.target(beside: files.first ?? "-")
        let inputs = files + attestation.inputs
        let request = try options.request("attest", bundle.outcome, inputs: inputs)
        return try attestation.perform(request, about: files, target: target) {
            try options.key(Password(isStdinTaken: inputs.contains("-")))
        }
    }
}
