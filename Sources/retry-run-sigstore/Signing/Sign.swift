import ArgumentParser
import Console
import OCI
import OperatingSystem
import SigningCrypto
import Sigstore

/// `retry-run sign`
struct Sign: Verb {
    static let configuration = CommandConfiguration(
        abstract:
            "Signs files with Sigstore, each gets a bundle beside it; and images in registries.",
        discussion: """
            Exit codes: 0 signed, 1 refused for good, 69 a service did not answer, 124 the deadline was \
            over, 125 an input or an option cannot be used. A signal ends it as any program.
            """)

    @Argument(
        help: ArgumentHelp(
            "What to sign: files, - for stdin, images as oci://REFERENCE.", valueName: "file"))
    var files: [String] = []

    @OptionGroup
    var bundle: BundleOptions

    @OptionGroup(title: "Images")
    var image: ImageSignOptions

    @OptionGroup
    var options: SigningOptions

    @OptionGroup(title: "Outages")
    var parallel: ParallelOption

    func perform() throws -> ExitCode {
        let files = filesToSign
        guard !files.isEmpty else { throw UsageError("say what to sign: a file, or - for stdin") }
        if bundle.bundle != nil, files.count > 1 {
            throw UsageError("--bundle is for one file; each of several gets one beside it")
        }
        if bundle.bundle != nil, image.recursive {
            throw UsageError("--bundle is for one signature, and --recursive makes several")
        }
        if let twice = files.repeated { throw UsageError("\(quoted(twice)) is given twice") }
        let artifacts = files.filter { !ImageName.isImage($0) }
        if artifacts.count == files.count { try image.refuse() }
        var request = try options.request("sign", bundle.outcome, inputs: artifacts)
        request.parallel = try parallel.count()
        // What is wrong here is said before a registry is asked.
        let isWithImages = artifacts.count < files.count
        let early =
            isWithImages ? try options.key(Password(isStdinTaken: artifacts.contains("-"))) : nil
        let images = isWithImages ? try self.images(request.limits) : nil
        let subjects: [Subject]
        do {
            subjects = try self.subjects(files, images)
        } catch let stopped as Stopped {
            return try request.end(files, by: stopped)
        }
        let items = try subjects.map { try item($0, isBatch: subjects.count > 1) }
        return try request.perform(items, images) {
            let key =
                isWithImages
                ? early : try options.key(Password(isStdinTaken: artifacts.contains("-")))
            let contents = try subjects.map { subject in
                switch subject {
                case .file(let file):
                    return SignableContent.artifact(
                        try ArtifactInput.file(file).read(.init(signingWith: key)))
                case .image(let image):
                    return try SignableContent(image, annotations: try annotations)
                case .nothing: return .nothing
                }
            }
            return (contents, key)
        }
    }

    /// What a word of the command line has turned out to be.
    private enum Subject {
        case file(String)
        case image(ImageDestination)
        case nothing(String, any Error)
    }

    private var annotations: [String: String] {
        get throws { try Annotations.read(image.annotation + image.annotations) }
    }

    private func images(_ limits: RetryConfiguration) throws -> ImageResolution {
        _ = try annotations
        for word in files where ImageName.isImage(word) { _ = try ImageName.reference(word) }
        limits.start()
        return try ImageResolution(
            to: try image.destination.destination(), limits: limits,
            parallel: try parallel.count(), reporter: Reporter(isQuiet: bundle.outcome.quiet))
    }

    /// Resolves the images, before anything is asked of other services.
    ///
    /// Several names of one image, or an index and an image in it, are signed once each.
    private func subjects(_ words: [String], _ images: ImageResolution?) throws -> [Subject] {
        guard let images else { return words.map { .file($0) } }
        try images.announce(words.filter(ImageName.isImage))
        var seen: [ImageDestination] = []
        return try words.flatMap { word -> [Subject] in
            guard ImageName.isImage(word) else { return [.file(word)] }
            return try images.found(word, isRecursive: image.recursive).flatMap {
                found -> [Subject] in
                switch found.image {
                case .success(let image):
                    if let same = seen.first(where: { $0.isSame(as: image) }) {
                        images.reporter.note(
                            "\(found.name) is \(same.name), which is signed already")
                        return []
                    }
                    seen.append(image)
                    return try subjects(of: image)
                case .failure(let error): return [.nothing(found.name, error)]
                }
            }
        }
    }

    /// The old form of a signature is another signature, with an entry of its own.
    private func subjects(of image: ImageDestination) throws -> [Subject] {
        guard self.image.destination.legacy else { return [.image(image)] }
        var old = image
        old.form = .old
        let payload = OldImageForm.payload(
            of: image.subject.digest, in: "\(image.repository)", annotations: try annotations)
        old.payload = String(decoding: payload, as: UTF8.self)
        return [.image(image), .image(old)]
    }

    private func item(_ subject: Subject, isBatch: Bool) throws -> SignRequest.Item {
        switch subject {
        case .file(let file):
            let target = try bundle.target(
                beside: file, isBatch: isBatch || options.pending.policy.keeps)
            return SignRequest.Item([file], target)
        case .image(let image):
            let words = try annotations.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let target = try bundle.target(
                of: image, saying: words.joined(separator: "\n"), options.pending,
                isBatch: isBatch)
            return SignRequest.Item(of: image, target)
        case .nothing(let name, let error): return SignRequest.Item(refused: name, error)
        }
    }
}

extension SignableContent {
    /// What is signed of an image.
    init(_ image: ImageDestination, annotations: [String: String]) throws {
        if let payload = image.payload.map({ Array($0.utf8) }) {
            let digests = HashAlgorithm.allCases.map { Digest(of: payload, using: $0) }
            self = .artifact(Artifact(digests: digests, message: payload))
        } else {
            let payload = ImageStatement.text(
                of: image.subject.digest, annotations: annotations)
            self = .statement(payload, try Statement(json: payload))
        }
    }

    /// In the place of what cannot be signed.
    static var nothing: SignableContent { .artifact(Artifact(digests: [])) }
}

extension Sign {
    /// Without pending files: they come along where a shell has made the words of a pattern.
    private var filesToSign: [String] {
        files.filter { !$0.hasSuffix(PendingPlace.suffix) }
    }
}

extension ArtifactNeed {
    /// - Parameter key: Nil for a key that is made for the run.
    init(signingWith key: (any SigningKey)?) {
        self.init(signingWith: key?.publicKey.kind ?? .ecdsa(.p256))
    }
}

extension [String] {
    /// The first text that is there more than once.
    var repeated: String? {
        // Of two texts that look the same each may be the name of a file.
        var seen: Set<[UInt8]> = []
        return first { !seen.insert($0.fileNameBytes).inserted }
    }
}
