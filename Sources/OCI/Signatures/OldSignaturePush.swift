package import HTTP
import JSON
package import SigningCrypto

/// A signature in its old form on its way into a registry, for verifiers that know nothing else.
package struct OldSignaturePush: Codable, Sendable {
    package let repository: Repository
    /// The layer, with the signature among its annotations.
    package let layer: Descriptor
    /// `sha256-HEX.sig`
    package let tag: String

    private var stage = Stage.uploadingBlobs
    private var uploads = BlobUploads()
    private var update = TagUpdate<OldSignatureManifest>()

    private enum Stage {
        case uploadingBlobs
        case readingTag
        case writingTag
        case waitingForTag
        case done
    }

    private enum CodingKeys: String, CodingKey {
        case repository, layer, tag
    }

    /// - Parameters:
    ///   - content: The payload of a signature, or the envelope of an attestation.
    ///   - annotations: What is said of it, the signature among it.
    package init(
        to repository: Repository, image: Digest, content: [UInt8], isAttestation: Bool,
        annotations: [String: String]
    ) {
        self.repository = repository
        tag = image.fallbackTag + (isAttestation ? ".att" : ".sig")
        var layer = Descriptor(
            of: content, mediaType: isAttestation ? MediaType.envelope : MediaType.simpleSigning)
        layer.annotations = annotations
        self.layer = layer
    }

    private var blobs: [Digest] { [Digest(of: OldSignatureManifest.config), layer.digest] }
}

extension OldSignaturePush: RegistryPush {
    package var digest: Digest { layer.digest }

    package var part: PushPart {
        switch stage {
        case .uploadingBlobs: .blobs
        default: .referrers
        }
    }

    package func next(content: [UInt8]) -> PushStep? {
        switch stage {
        case .uploadingBlobs:
            return .call(
                uploads.next(blobs, [OldSignatureManifest.config, content], in: repository))
        case .readingTag: return .call(.manifest(tag, in: repository))
        case .writingTag:
            return .call(
                .putManifest(
                    update.text, as: tag, mediaType: MediaType.manifest, in: repository,
                    condition: update.condition))
        case .waitingForTag: return .pause(update.pause)
        case .done: return nil
        }
    }

    package mutating func applyPause() {
        if case .waitingForTag = stage { stage = .readingTag }
    }

    package mutating func applyFailure() {
        switch stage {
        case .uploadingBlobs: uploads.applyFailure()
        case .writingTag: stage = .readingTag
        default: break
        }
    }

    package mutating func apply(
        _ response: HTTPResponse, at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError) {
        switch stage {
        case .uploadingBlobs:
            try uploads.apply(response, blobs, at: url, address)
            if uploads.isDone(blobs) { stage = .readingTag }
        case .readingTag:
            let signature = layer.annotations["dev.cosignproject.cosign/signature"] ?? ""
            let element = ListElement(key: "\(layer.digest.label) \(signature)", value: layer.json)
            let isWritten = try update.read(
                response, adding: element, from: address.registry)
            stage = isWritten ? (update.isSettled ? .done : .waitingForTag) : .writingTag
        case .writingTag:
            update.noteWritten(isRefused: response.status == 412)
            stage = response.status == 412 ? .readingTag : .waitingForTag
        case .waitingForTag, .done: break
        }
    }
}
