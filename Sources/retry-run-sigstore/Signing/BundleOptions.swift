import ArgumentParser
import Console

/// Where the bundle goes, and what is said.
struct BundleOptions: ParsableArguments {
    @Option(
        name: [.customShort("b", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Where the bundle is written; - is stdout. (default: FILE.sigstore.json)",
            valueName: "file"))
    var bundle: String?

    @Flag(help: "Replace a bundle that is there already.")
    var overwrite = false

    @Flag(
        help: ArgumentHelp(
            "Keep a bundle that is there already where it is of the same content, in the same name, and "
                + "verifies. (default for several files, unless --overwrite)"))
    var skipSigned = false

    @OptionGroup
    var outcome: OutcomeOptions
}

extension BundleOptions {
    /// Where the bundle of a file goes.
    ///
    /// - Parameter isBatch: Whether it is one of several: the same command again does the rest.
    func target(beside file: String, isBatch: Bool = false) throws -> BundleTarget {
        if skipSigned, overwrite {
            throw UsageError("--skip-signed and --overwrite exclude each other")
        }
        if skipSigned, bundle == "-" {
            throw UsageError("--skip-signed is for bundles in files, and --bundle - is stdout")
        }
        let existing: BundleTarget.Existing =
            overwrite ? .isReplaced : skipSigned || isBatch ? .isKeptIfGood : .isAnError
        return try bundle.map { BundleTarget($0, existing) }
            ?? BundleTarget(beside: file, existing)
    }
}

/// What is said of a signing.
struct OutcomeOptions: ParsableArguments {
    @Option(
        name: [.customShort("R", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Write what happened to a file, as JSON: phases, attempts, durations.",
            valueName: "file"))
    var report: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false
}
