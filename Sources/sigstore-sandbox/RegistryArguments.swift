import ArgumentParser
import SigstoreSandbox

/// The options that say what kind of registry it is.
struct RegistryArguments: ParsableArguments {
    @Option(
        name: .customLong("registry-auth"),
        help: "What the registry wants: anonymous, basic or bearer.")
    var authentication = RegistryAuthentication.anonymous

    @Option(
        name: .customLong("registry-token-lifetime"),
        help: ArgumentHelp("How long the registry's tokens are good.", valueName: "seconds"))
    var tokenLifetime: Int64 = 300

    @Flag(
        name: .customLong("registry-without-referrers"),
        help: "No referrers API, as docker-registry 2.8 and GHCR.")
    var lacksReferrers = false

    @Flag(
        name: .customLong("registry-etags"),
        help: "Manifests have an ETag, and If-Match is honoured.")
    var hasETags = false

    @Flag(name: .customLong("registry-redirects"), help: "Blobs are read at another port.")
    var redirectsBlobs = false

    @Option(
        name: .customLong("registry-lag"),
        help: ArgumentHelp(
            "How many reads after a push see what was there before it.", valueName: "reads"))
    var lag = 0

    @Option(
        name: .customLong("registry-page"),
        help: ArgumentHelp("How many entries a page of a list has at most.", valueName: "n"))
    var pageSize = 100

    func validate() throws {
        guard 1...86_400 ~= tokenLifetime else {
            throw ValidationError("a token's lifetime of \(tokenLifetime) s is not from 1 to 86400")
        }
        guard lag >= 0 else { throw ValidationError("a lag of \(lag) reads is less than 0") }
        guard pageSize >= 1 else {
            throw ValidationError("a page of \(pageSize) entries is less than 1")
        }
    }

    var options: RegistryOptions {
        var options = RegistryOptions()
        options.authentication = authentication
        options.tokenLifetime = tokenLifetime
        options.keepsReferrers = !lacksReferrers
        options.hasETags = hasETags
        options.redirectsBlobs = redirectsBlobs
        options.lag = lag
        options.pageSize = pageSize
        return options
    }
}

extension RegistryAuthentication: ExpressibleByArgument {}
