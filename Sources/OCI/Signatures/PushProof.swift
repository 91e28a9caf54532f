package import HTTP
import SigningCrypto

/// Whether a repository takes what is pushed, found out by the blob that every signature has: the empty
/// config. A refusal costs no signature then. That it is there already would show nothing: somebody else has
/// pushed it.
package struct PushProof: Sendable {
    private let repository: Repository
    private var stage = Stage.starting

    private enum Stage {
        case starting
        case uploading(HTTPURL)
        case done
    }

    package init(to repository: Repository) {
        self.repository = repository
    }

    private var digest: Digest { Digest(of: SignatureManifest.emptyConfig) }

    /// Nil when all is done.
    package func next() -> RegistryCall? {
        switch stage {
        case .starting: .startUpload(in: repository)
        case .uploading(let location):
            .upload(SignatureManifest.emptyConfig, to: location, in: repository)
        case .done: nil
        }
    }

    package mutating func apply(
        _ response: HTTPResponse, at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError) {
        switch stage {
        case .starting: stage = .uploading(try address.uploadPlace(response, at: url, for: digest))
        // What has become of it is looked at again when the signature is pushed.
        case .uploading, .done: stage = .done
        }
    }
}

extension RegistryAddress {
    /// Where the bytes of an upload go that has been begun.
    func uploadPlace(
        _ response: HTTPResponse, at url: HTTPURL, for digest: Digest
    ) throws(RegistryError) -> HTTPURL {
        guard let reference = response[header: "Location"] else {
            throw .notYet("\(registry) does not say where an upload goes")
        }
        let location = try resolve(reference, against: url, as: "the upload's place")
        do {
            return try location.adding(query: "digest", digest.label)
        } catch {
            throw .untrustworthy("\(registry): the upload's place: \(error)")
        }
    }
}
