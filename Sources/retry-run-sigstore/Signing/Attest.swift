import ArgumentParser
import Console
import OCI
import Sigstore

/// `retry-run attest`
struct Attest: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Signs an in-toto attestation about files, as one bundle; or about an image.",
        discussion: """
            Several files are several subjects of one statement. Exit codes are those of sign.
            """)

    @Argument(
        help: ArgumentHelp(
            "What the attestation is about: files, - for stdin, or one image, oci://REFERENCE.",
            valueName: "file"))
    var files: [String] = []

    @OptionGroup
    var attestation: AttestationOptions

    @OptionGroup
    var bundle: BundleOptions

    @OptionGroup(title: "Images")
    var image: ImageDestinationOptions

    @OptionGroup
    var options: SigningOptions

    func perform() throws -> ExitCode {
        try attestation.check(files: files)
        if files.contains(where: ImageName.isImage) { return try attestImage() }
        try image.refuse()
        guard bundle.bundle != nil || files.count == 1 else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        let target = try bundle.target(
            beside: files.first ?? "-", isBatch: options.pending.policy.keeps)
        let inputs = files + attestation.inputs
        let request = try options.request("attest", bundle.outcome, inputs: inputs)
        return try attestation.perform(request, about: files, target: target) {
            try options.key(Password(isStdinTaken: inputs.contains("-")))
        }
    }

    private func attestImage() throws -> ExitCode {
        guard let word = files.first, files.count == 1 else {
            throw UsageError("an attestation of an image is about that image alone")
        }
        _ = try ImageName.reference(word)
        let inputs = attestation.inputs
        let request = try options.request("attest", bundle.outcome, inputs: inputs)
        // What is wrong here is said before a registry is asked.
        let source = try attestation.source()
        let key = try options.key(Password(isStdinTaken: inputs.contains("-")))
        request.limits.start()
        let images = try ImageResolution(
            to: try image.destination(), limits: request.limits,
            reporter: Reporter(isQuiet: bundle.outcome.quiet))
        let found: ImageResolution.Found
        do {
            found = try images.found(word)[0]
        } catch let stopped as Stopped {
            return try request.end([word], by: stopped)
        }
        var destination: ImageDestination
        switch found.image {
        case .success(let image): destination = image
        case .failure(let error):
            return try request.perform([SignRequest.Item(refused: found.name, error)]) {
                ([.nothing], key)
            }
        }
        if image.legacy { destination.form = .both }
        let target = try bundle.target(
            of: destination, saying: source.name, options.pending)
        return try request.perform(
            [SignRequest.Item(of: destination, target)], images
        ) {
            ([try attestation.content(source, about: destination)], key)
        }
    }
}
