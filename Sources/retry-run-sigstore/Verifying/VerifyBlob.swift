import ArgumentParser

/// `retry-run verify-blob`, for command lines that were written for cosign.
struct VerifyBlob: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Like verify, with cosign's flags.")

    @Argument(help: ArgumentHelp("A file, - for stdin, or sha256:HEX.", valueName: "blob"))
    var blob: String

    @OptionGroup
    var cosign: CosignVerifyOptions

    func perform() throws -> ExitCode {
        try cosign.perform(
            try ArtifactInput(blob), bundle: try cosign.bundleName(), try cosign.policy())
    }
}
