import ArgumentParser
import Console
import Sigstore

/// Which services to sign with.
struct SigningServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A signing config in JSON instead of the instance's own.", valueName: "file"))
    var signingConfig: String?

    @Option(
        help: ArgumentHelp(
            "The version of Rekor to log to: 1 or 2. (default: as the signing config says)",
            valueName: "n"),
        completion: .list(["1", "2"]))
    var rekorVersion: String?

    @Flag(
        help: "Let a log of the other version of Rekor stand in, if those of the chosen one fail.")
    var logFallback = false

    @Flag(help: "Make no transparency log entry; verifiers must be told not to require one.")
    var noLog = false

    @Flag(help: "Request no timestamp.")
    var noTimestamp = false

    @Flag(
        help: "Require no signed certificate timestamp (SCT), for instances without a CT log.")
    var insecureIgnoreSct = false

    /// - Throws: `UsageError` for a version that is none.
    func needs(isKeyed: Bool) throws -> SigningServices.Needs {
        var needs = SigningServices.Needs()
        needs.certificate = !isKeyed
        needs.log = !noLog
        needs.timestamp = !noTimestamp
        needs.certificatePromise = !insecureIgnoreSct
        if let rekorVersion {
            guard let version = Int64(rekorVersion), 1...2 ~= version else {
                throw UsageError("--rekor-version \(quoted(rekorVersion)): expected 1 or 2")
            }
            if noLog { throw UsageError("--rekor-version and --no-log are mutually exclusive") }
            needs.logVersions = [version]
        }
        if logFallback, noLog {
            throw UsageError("--log-fallback and --no-log are mutually exclusive")
        }
        needs.fallsBack = logFallback
        return needs
    }
}
