import ArgumentParser
import Console
import Sigstore

/// Where the bundle goes, and what is said.
struct BundleOptions: ParsableArguments {
    @Option(
        name: [.customShort("b", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Where the bundle is written; - is stdout. (default: FILE.sigstore.json)",
            valueName: "file"))
    var bundle: String?

    @Flag(help: "Replace a bundle that already exists.")
    var overwrite = false

    @Flag(
        help: ArgumentHelp(
            "Keep an existing bundle, or the signature of an image, if it is of the same content and "
                + "the same identity, and verifies. (default for several, unless --overwrite)"))
    var skipSigned = false

    @OptionGroup
    var outcome: OutcomeOptions
}

extension BundleOptions {
    /// What becomes of what is signed already.
    ///
    /// - Parameter isBatch: Whether it is one of several, or goes on where an earlier run has ended: the
    ///   same command again does the rest.
    private func existing(isBatch: Bool) throws -> BundleTarget.Existing {
        if skipSigned, overwrite {
            throw UsageError("--skip-signed and --overwrite are mutually exclusive")
        }
        if skipSigned, bundle == "-" {
            throw UsageError("--skip-signed is for bundles in files, and --bundle - is stdout")
        }
        return overwrite ? .isReplaced : skipSigned || isBatch ? .isKeptIfGood : .isAnError
    }

    /// Where the bundle of a file goes.
    func target(beside file: String, isBatch: Bool = false) throws -> BundleTarget {
        let existing = try existing(isBatch: isBatch)
        return try bundle.map { BundleTarget($0, existing) }
            ?? BundleTarget(beside: file, existing)
    }

    /// Where the bundle of an image goes besides its registry, and where it is kept until it is there.
    ///
    /// - Parameter message: What is said of the image, by which several are told apart.
    func target(
        of image: ImageDestination, saying message: String, _ pending: PendingOptions,
        isBatch: Bool = false
    ) throws -> BundleTarget {
        let existing = try existing(isBatch: isBatch || pending.policy.keeps)
        let place = PendingPlace(
            of: image, saying: message, besideBundle: bundle == "-" ? nil : bundle,
            overwrites: overwrite)
        // The bundle of an earlier run may be there, whose push is pending.
        let isReplaced = pending.resume && place.isThere
        let file = bundle.map { BundleTarget($0, isReplaced ? .isReplaced : existing) }
        return BundleTarget(
            image: image.form == .old ? nil : file, isReplaced ? .isReplaced : existing,
            pending: pending.policy.keeps ? place : nil)
    }
}

/// What is said of a signing.
struct OutcomeOptions: ParsableArguments {
    @Option(
        name: [.customShort("R", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Write a JSON report: phases, attempts, durations.",
            valueName: "file"))
    var report: String?

    @Flag(name: .shortAndLong, help: "Print errors only.")
    var quiet = false
}
