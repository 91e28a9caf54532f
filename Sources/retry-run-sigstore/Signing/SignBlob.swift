import ArgumentParser
import Console
import Sigstore

/// `retry-run sign-blob`, for command lines that were written for cosign.
struct SignBlob: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Like sign, with cosign's flags.")

    @Argument(help: ArgumentHelp("What to sign; - is stdin.", valueName: "blob"))
    var blob: String

    @OptionGroup
    var cosign: CosignSignOptions

    func perform() throws -> ExitCode {
        let request = try cosign.request("sign-blob", inputs: [blob])
        let target = try cosign.target()
        return try request.perform([SignRequest.Item([blob], target)]) {
            let key = try cosign.key(inputs: [blob])
            let artifact = try ArtifactInput.file(blob).read(.init(signingWith: key))
            return ([.artifact(artifact)], key)
        }
    }
}
