import ArgumentParser
import Console
import OCI

/// What there is to say of images that are signed.
struct ImageDestinationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of an image: the repository that its signature goes to. (default: COSIGN_REPOSITORY, or the "
                + "image's own)",
            valueName: "repository"))
    var to: String?

    @Flag(
        help: ArgumentHelp(
            "Of an image: write the form of cosign before version 3 as well, for verifiers that know no "
                + "other; a signature has an entry of its own for it."))
    var legacy = false

    @Flag(
        name: [.customShort("y"), .long],
        help: "Accepted for compatibility; ignored: nothing is asked.")
    var yes = false

    func destination() throws -> Repository? {
        try ImageName.signatureRepository("--to", to)
    }

    /// - Throws: `UsageError` for what is said of files.
    func refuse() throws {
        guard to == nil, !legacy else {
            throw UsageError("--to and --legacy are for images: oci://REFERENCE")
        }
    }
}

/// What a signature of an image says besides.
struct ImageSignOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of an image: an annotation that is signed with it; repeatable.",
            valueName: "key=value"))
    var annotation: [String] = []

    @Option(help: ArgumentHelp("The same, as cosign spells it.", valueName: "key=value"))
    var annotations: [String] = []

    @Flag(help: "Of an index: sign the images in it as well.")
    var recursive = false

    @OptionGroup
    var destination: ImageDestinationOptions

    /// - Throws: `UsageError` for what is said of files.
    func refuse() throws {
        guard annotation.isEmpty, annotations.isEmpty, !recursive else {
            throw UsageError("--annotation and --recursive are for images: oci://REFERENCE")
        }
        try destination.refuse()
    }
}
