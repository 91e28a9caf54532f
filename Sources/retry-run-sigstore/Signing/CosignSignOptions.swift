import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// The flags that cosign's two signing verbs share, with cosign's meaning.
struct CosignSignOptions: ParsableArguments {
    enum AuthenticationFlow: String, CaseIterable, ExpressibleByArgument {
        case normal
        case device
        case token
    }

    @Option(help: ArgumentHelp("Where the bundle is written; - is stdout.", valueName: "file"))
    var bundle: String?

    @Flag(
        name: [.customShort("y"), .long],
        help: "Accepted for compatibility; ignored: nothing is asked.")
    var yes = false

    @Flag(inversion: .prefixedNo, help: "Whether there is an entry in a transparency log.")
    var tlogUpload = true

    @Flag(help: "Accepted for compatibility; ignored: there is no other format.")
    var newBundleFormat = false

    @Flag(
        inversion: .prefixedNo,
        help:
            "Accepted for compatibility; ignored: a service given by an option replaces the config's."
    )
    var useSigningConfig = true

    @Option(
        help: ArgumentHelp(
            "The certificate authority, instead of the signing config's.", valueName: "url"))
    var fulcioURL: String?

    @Option(
        help: ArgumentHelp(
            "The transparency log, instead of the signing config's; Rekor v1 unless --rekor-version "
                + "is 2.", valueName: "url"))
    var rekorURL: String?

    @Option(
        help: ArgumentHelp(
            "The timestamp authority, instead of the signing config's; the whole address.",
            valueName: "url"))
    var timestampServerURL: String?

    @Option(
        help: ArgumentHelp(
            "How to log in: normal is the browser, token never does.", valueName: "flow"))
    var fulcioAuthFlow: AuthenticationFlow?

    @OptionGroup
    var outcome: OutcomeOptions

    @OptionGroup
    var options: SigningOptions
}

extension CosignSignOptions {
    func target() throws -> BundleTarget {
        guard let bundle else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        // cosign replaces it without asking.
        return BundleTarget(bundle, .isReplaced)
    }

    /// - Parameter inputs: The files that the verb reads.
    func request(_ command: String, inputs: [String]) throws -> SignRequest {
        var options = options
        if !tlogUpload { options.services.noLog = true }
        // A key has nobody log in.
        switch options.signer.key == nil ? fulcioAuthFlow : nil {
        case .normal: options.signer.login = .browser
        case .device: options.signer.login = .device
        case .token: options.signer.login = .none
        case nil: break
        }
        for (option, address) in [
            ("--fulcio-url", fulcioURL), ("--rekor-url", rekorURL),
            ("--timestamp-server-url", timestampServerURL),
        ] {
            try NamedServices.check(option, address)
        }
        options.signer.identityToken = options.signer.identityToken.map(Self.token)
        var request = try options.request(
            command, outcome, inputs: inputs,
            limits: try RetryConfiguration(ofCosign: options.retry, options.connection))
        request.ownServices = NamedServices(
            certificateAuthority: fulcioURL,
            log: rekorURL.map { ($0, request.needs.logVersions == [2] ? 2 : 1) },
            timestampAuthority: timestampServerURL)
        return request
    }

    func key(inputs: [String]) throws -> (any SigningKey)? {
        try options.key(Password(isStdinTaken: inputs.contains("-"), isOfCosign: true))
    }

    /// cosign takes the name of a file, too.
    private static func token(_ word: String) -> String {
        word.hasPrefix("@") || !InputFile.exists(word) ? word : "@\(word)"
    }
}
