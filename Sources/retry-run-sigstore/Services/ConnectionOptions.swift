import ArgumentParser
import Console

/// By whose certificates a service is known.
struct ConnectionOptions: ParsableArguments {
    @Option(
        name: .customLong("cacert"),
        help: ArgumentHelp(
            "Certificate authorities for TLS, in PEM, instead of the system's.", valueName: "file"))
    var certificateAuthorities: String?
}

/// Attempts and pauses of the calls to a service.
enum CallTexts: RetryOptionTexts {
    static let attempts = "Total attempts of each call. (default: 3)"
    static let delay = "Pauses between attempts; the last one repeats. (default: 1s,5s)"
    /// `-b` is the bundle.
    static let backoffNames = NameSpecification.customLong("backoff")
    static let timeout = "The limit of each attempt. (default: 35s)"
    static let deadline =
        "The limit of the whole run. (default: 2m to verify, and for each signature)"
}
