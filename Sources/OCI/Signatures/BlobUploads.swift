import HTTP
import SigningCrypto

/// Blobs on their way into a repository, one after the other. One that is there already is not sent.
struct BlobUploads: Sendable {
    private enum Stage {
        case checking
        case starting
        case uploading(HTTPURL)
    }

    private var stage = Stage.checking
    /// How many of them are there.
    private var count = 0

    func isDone(_ blobs: [Digest]) -> Bool { count == blobs.count }

    /// - Parameters:
    ///   - blobs: Their digests, the same at every step.
    ///   - content: Their bytes.
    func next(_ blobs: [Digest], _ content: [[UInt8]], in repository: Repository) -> RegistryCall {
        switch stage {
        case .checking: .checkBlob(blobs[count], in: repository)
        case .starting: .startUpload(in: repository)
        case .uploading(let location): .upload(content[count], to: location, in: repository)
        }
    }

    /// Nobody knows what has become of an upload that was cut off.
    mutating func applyFailure() { stage = .checking }

    mutating func apply(
        _ response: HTTPResponse, _ blobs: [Digest], at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError) {
        switch stage {
        case .checking where !response.isSuccess:
            stage = .starting
        case .starting:
            stage = .uploading(try address.uploadPlace(response, at: url, for: blobs[count]))
        case .uploading where !response.isSuccess:
            stage = .checking
            throw .notYet("\(address.registry) has forgotten an upload")
        case .checking, .uploading:
            count += 1
            stage = .checking
        }
    }
}
