import ArgumentParser
import Console

/// `retry-run attest-blob`, for command lines that were written for cosign.
struct AttestBlob: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Like attest, with cosign's flags.")

    @Argument(
        help: ArgumentHelp(
            "What the attestation is about; - is stdin. Not needed with --statement.",
            valueName: "blob"))
    var blob: String?

    @OptionGroup
    var attestation: AttestationOptions

    @OptionGroup
    var cosign: CosignSignOptions

    func perform() throws -> ExitCode {
        let files = blob.map { [$0] } ?? []
        try attestation.check(files: files)
        let inputs = files + attestation.inputs
        let request = try cosign.request("attest-blob", inputs: inputs)
        return try attestation.perform(request, about: files, target: try cosign.target()) {
            try cosign.key(inputs: inputs)
        }
    }
}
