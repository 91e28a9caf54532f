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

    @Flag(help: "Make no entry in a transparency log; verifiers have to be told to do without.")
    var noLog = false

    @Flag(help: "Ask no timestamp authority.")
    var noTimestamp = false

    @Flag(
        help: "Do without a log's promise that it has the certificate, for instances without one.")
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
            if noLog { throw UsageError("--rekor-version and --no-log exclude each other") }
            needs.logVersions = [version]
        }
        return needs
    }
}
