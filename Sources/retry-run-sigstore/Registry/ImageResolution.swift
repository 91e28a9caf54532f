import Console
import FoundationEssentials
import HTTP
import OCI
import OperatingSystem
import RetryEngine
import SigningCrypto
import Sigstore

/// What the images of a command line are, found out before anything is signed.
///
/// A registry that does not give what is needed of one image says nothing of the others.
final class ImageResolution {
    /// One image, or why there is none.
    struct Found {
        /// As it was asked for, for messages.
        let name: String
        let image: Result<ImageDestination, any Error>
    }

    private let destination: Repository?
    private let registries: Registries
    let reporter: Reporter
    /// Of how many images an index may consist, with those that its indexes list.
    private static let childLimit = 1000

    /// - Parameters:
    ///   - destination: Where all signatures go; nil for the repository of each image.
    ///   - parallel: How many calls are made at a time.
    /// - Throws: `UsageError` for credentials that cannot be read.
    init(
        to destination: Repository?, limits: RetryConfiguration, parallel: Int = 1,
        reporter: Reporter
    ) throws {
        self.destination = destination
        self.reporter = reporter
        let calls = try SigningCalls(limits, deadline: limits.runEnd) { event, _ in
            reporter.note(event)
        }
        let known = try KnownRegistries(attemptLimit: calls.attemptLimit)
        registries = Registries(calls, known, parallel: parallel) { event in
            reporter.note(SigningEvent.call(.push, event))
        }
    }

    var known: KnownRegistries { registries.known }

    /// Says which words will be looked up, in that order.
    func announce(_ words: [String]) throws {
        registries.announce(
            try words.map {
                let reference = try ImageName.reference($0)
                return .manifest(reference.manifestName, in: reference.repository)
            })
    }

    /// Says of which images the signatures will be looked up, in that order.
    func announce(signaturesOf images: [ImageDestination]) {
        registries.announce(signaturesOf: images)
    }

    /// Finds out what a word of the command line names, once and for all.
    ///
    /// - Parameter isRecursive: Whether what an index lists is signed, too.
    /// - Throws: `UsageError` for a word that names no image; `Stopped`.
    func found(_ word: String, isRecursive: Bool = false) throws -> [Found] {
        let reference = try ImageName.reference(word)
        let first = try resolve(reference, as: word)
        guard case .success(let image) = first.image else { return [first.found] }
        if reference.digest == nil {
            reporter.note("\(word) is \(image.descriptor.digest.label)")
        }
        guard isRecursive else { return [first.found] }
        var all = [first]
        var seen: Set<Digest> = [image.descriptor.digest]
        do throws(RegistryError) {
            try addChildren(of: image, to: &all, seen: &seen)
        } catch {
            try Cancellation.check()
            return [Found(name: word, image: .failure(error.signingFailure))]
        }
        try Cancellation.check()
        return all.map(\.found)
    }

    private struct Resolved {
        let name: String
        let image: Result<ResolvedImage, RegistryError>
        let destination: Repository

        var found: Found {
            Found(
                name: name,
                image: image.map { image in
                    ImageDestination(
                        name: name, repository: image.reference.repository,
                        destination: destination, subject: image.descriptor,
                        created: timeText(Date().wholeSeconds))
                }.mapError(\.signingFailure))
        }
    }

    private func resolve(_ reference: ImageReference, as word: String) throws -> Resolved {
        let place = destination ?? reference.repository
        do throws(RegistryError) {
            let image = try registries.resolve(reference)
            do throws(RegistryError) {
                try registries.prove(place)
            } catch  where error.failureClass == .permanent {
                // It may all be signed already.
            }
            return Resolved(
                name: ImageName.prefix + image.name, image: .success(image), destination: place)
        } catch {
            try Cancellation.check()
            return Resolved(name: word, image: .failure(error), destination: place)
        }
    }

    /// What an index lists, and what is listed there.
    private func addChildren(
        of image: ResolvedImage, to found: inout [Resolved], seen: inout Set<Digest>
    ) throws(RegistryError) {
        let repository = image.reference.repository
        let children = image.manifest.children.filter { !seen.contains($0.digest) }
        registries.announce(
            children.prefix(Self.childLimit).map { .manifest($0.digest.label, in: repository) })
        for child in children where seen.insert(child.digest).inserted {
            guard seen.count <= Self.childLimit else {
                throw .untrustworthy("\(image.name) lists more than \(Self.childLimit) images")
            }
            let reference = ImageReference(repository, child.digest)
            let result = Result { () throws(RegistryError) in
                try registries.resolve(reference)
            }
            found.append(
                Resolved(
                    name: "\(ImageName.prefix)\(reference)", image: result,
                    destination: destination ?? reference.repository))
            if case .success(let resolved) = result {
                try addChildren(of: resolved, to: &found, seen: &seen)
            }
        }
    }

    /// What has been signed of an image, in the place where its signature goes.
    func signatures(
        of image: ImageDestination
    ) throws(RegistryError) -> [SignatureSearch.Found] {
        try registries.signatures(of: image)
    }

    /// Why nothing can be pushed where the signature of an image goes; nil where it can.
    func refusal(of image: ImageDestination) -> (any Error)? {
        registries.refusal(for: image.destination)?.signingFailure
    }
}

extension RegistryError {
    /// How a signature fails by it.
    var signingFailure: any Error {
        if case .credentials(let reason) = self { return UsageError(reason) }
        return SigningError(.push, self)
    }
}
