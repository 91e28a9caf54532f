package import HTTP
import SigningCrypto

/// What a reference has led to, once: from here on only the digest counts.
package struct ResolvedImage: Sendable {
    package let reference: ImageReference
    package let descriptor: Descriptor
    package let manifest: Manifest

    /// - Parameter response: The answer to the call for the reference's manifest.
    package init(
        _ reference: ImageReference, _ response: HTTPResponse
    ) throws(RegistryError) {
        let registry = reference.repository.registry
        guard response.isSuccess else {
            throw .notFound("\(registry) has no \(reference)")
        }
        let digest = try response.checkedDigest(
            expecting: reference.digest, of: "\(reference)", from: registry)
        do {
            manifest = try Manifest(
                response.body, contentType: response[header: "Content-Type"] ?? "")
        } catch {
            throw .untrustworthy("\(reference): \(error)")
        }
        descriptor = Descriptor(
            mediaType: manifest.mediaType, size: Int64(response.body.count), digest: digest)
        self.reference = reference
    }

    /// The same image by its digest alone.
    package var name: String { "\(reference.repository)@\(descriptor.digest.label)" }
}

extension HTTPResponse {
    /// The digest of the body, computed here.
    ///
    /// - Throws: Where it is not the one that was asked for, or not what the registry says it is.
    func checkedDigest(
        expecting expected: Digest?, of what: String, from registry: String
    ) throws(RegistryError) -> Digest {
        let told = self[header: "Docker-Content-Digest"].flatMap { Digest(label: $0) }
        let algorithm = expected?.algorithm ?? .sha256
        let digest = Digest(of: body, using: algorithm)
        if let expected, digest != expected {
            throw .untrustworthy(
                "\(registry) gives something else for \(what): its digest is \(digest.label)")
        }
        if let told, told.algorithm == algorithm, told != digest {
            throw .untrustworthy(
                "\(registry) says that \(what) is \(told.label), but its digest is \(digest.label)")
        }
        return digest
    }
}
