package import HTTP
import JSON
package import SigningCrypto

/// One bundle on its way into a registry, until it can be read back from there.
///
/// 1. two blobs, 2. the manifest, 3. a look whether it is there, 4. the list of referrers, which registries
/// without that API keep under a tag. Every step may be repeated: the bytes are always the same. Stored are
/// only the parameters, so that one that is read again begins with the first step and finds what is done.
package struct SignaturePush: RegistryPush {
    package let repository: Repository
    package let subject: Descriptor
    package let predicateType: String
    package let created: String
    package let bundle: Descriptor

    private var stage = Stage.uploadingBlobs
    private var uploads = BlobUploads()
    private var tag = TagUpdate<ReferrersIndex>()
    private var lag = 0
    /// Of the list of referrers: the page to look at, and how many come before it.
    private var page: HTTPURL?
    private var pages = 0
    /// The registry has the referrers API, whatever it says later.
    private var isListing = false

    private enum Stage {
        case uploadingBlobs
        case puttingManifest
        case waitingForManifest
        case confirmingManifest
        case waitingForReferrers
        case askingForReferrers
        case readingTag
        case writingTag
        case waitingForTag
        case done
    }

    /// - Parameters:
    ///   - repository: Where the signature goes; that of the image, as a rule.
    ///   - subject: The image.
    ///   - bundle: The bytes of the bundle, which are given again at every step.
    ///   - created: The time of the signature, RFC 3339 in UTC; always the same for the same signature.
    package init(
        to repository: Repository, subject: Descriptor, bundle: [UInt8], predicateType: String,
        created: String
    ) {
        self.repository = repository
        self.subject = subject
        self.predicateType = predicateType
        self.created = created
        self.bundle = Descriptor(of: bundle, mediaType: MediaType.bundle)
    }

    package var isDone: Bool {
        if case .done = stage { true } else { false }
    }

    package var part: PushPart {
        switch stage {
        case .uploadingBlobs: .blobs
        case .puttingManifest, .waitingForManifest, .confirmingManifest: .manifest
        default: .referrers
        }
    }

    private var manifest: SignatureManifest {
        SignatureManifest(
            subject: subject, bundle: bundle, predicateType: predicateType, created: created)
    }

    /// The digest of the manifest, by which the signature is known in its repository.
    package var digest: Digest { manifest.descriptor.digest }
}

// MARK: - What is next

extension SignaturePush {
    package func next(content: [UInt8]) -> PushStep? {
        switch stage {
        case .uploadingBlobs:
            return .call(
                uploads.next(blobs, [SignatureManifest.emptyConfig, content], in: repository))
        case .puttingManifest:
            return .call(
                .putManifest(
                    manifest.text, as: digest.label, mediaType: MediaType.manifest,
                    in: repository))
        case .waitingForManifest, .waitingForReferrers:
            let pause = Duration.milliseconds(100 << min(lag, 4))
            return .pause(PushPause(pause...(pause * 2)))
        case .confirmingManifest:
            return .call(.manifest(digest.label, in: repository, isHead: true))
        case .askingForReferrers:
            return .call(.referrers(of: subject.digest, in: repository, page: page))
        case .readingTag:
            return .call(.manifest(subject.digest.fallbackTag, in: repository))
        case .writingTag:
            return .call(
                .putManifest(
                    tag.text, as: subject.digest.fallbackTag, mediaType: MediaType.index,
                    in: repository, condition: tag.condition))
        case .waitingForTag: return .pause(tag.pause)
        case .done: return nil
        }
    }

    package mutating func applyPause() {
        switch stage {
        case .waitingForManifest: stage = .confirmingManifest
        case .waitingForReferrers: stage = .askingForReferrers
        case .waitingForTag: stage = .readingTag
        default: break
        }
    }

    package mutating func applyFailure() {
        switch stage {
        case .uploadingBlobs: uploads.applyFailure()
        case .writingTag: stage = .readingTag
        case .askingForReferrers: (page, pages) = (nil, 0)
        default: break
        }
    }
}

// MARK: - What has come back

extension SignaturePush {
    package mutating func apply(
        _ response: HTTPResponse, at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError) {
        switch stage {
        case .uploadingBlobs:
            try uploads.apply(response, blobs, at: url, address)
            if uploads.isDone(blobs) { stage = .puttingManifest }
        case .puttingManifest:
            tag.isLinked = response[header: "OCI-Subject"] == subject.digest.label
            stage = .confirmingManifest
        case .confirmingManifest:
            try confirm(response, address)
        case .askingForReferrers:
            let call = RegistryCall.referrers(of: subject.digest, in: repository, page: page)
            try look(in: try ReferrersPage(response, of: call, at: url, address), address)
        case .readingTag:
            let isWritten = try tag.read(
                response, adding: manifest.descriptor.element, from: address.registry)
            stage = isWritten ? (tag.isSettled ? .done : .waitingForTag) : .writingTag
        case .writingTag:
            tag.noteWritten(isRefused: response.status == 412)
            stage = response.status == 412 ? .readingTag : .waitingForTag
        case .waitingForManifest, .waitingForReferrers, .waitingForTag, .done: break
        }
    }

    private var blobs: [Digest] { [Digest(of: SignatureManifest.emptyConfig), bundle.digest] }

    /// Some registries show what they have taken a moment later only.
    private mutating func confirm(
        _ response: HTTPResponse, _ address: RegistryAddress
    ) throws(RegistryError) {
        if response.isSuccess {
            (lag, stage) = (0, .askingForReferrers)
            return
        }
        try wait(
            .waitingForManifest, "\(address.registry) has taken a manifest and does not have it")
    }

    /// Some list it a moment later still: who verifies looks there. It may be on any page, the last one that
    /// is looked at included.
    private mutating func look(
        in list: ReferrersPage?, _ address: RegistryAddress
    ) throws(RegistryError) {
        if list == nil, !isListing {
            stage = tag.isLinked ? .done : .readingTag
            return
        }
        isListing = true
        pages += 1
        let isListed = list?.index.descriptors.contains { $0.digest == digest } ?? false
        if !isListed, let next = list?.next, pages < SignatureSearch.pageLimit {
            page = next
            return
        }
        (page, pages) = (nil, 0)
        // It was linked, and that was said.
        if isListed || (tag.isLinked && lag >= Self.patience) {
            stage = .done
            return
        }
        try wait(
            .waitingForReferrers, "\(address.registry) has taken a signature and does not list it")
    }

    /// Looks again after a pause; after too many looks it is put again.
    private mutating func wait(_ pause: Stage, _ reason: String) throws(RegistryError) {
        lag += 1
        stage = pause
        guard lag > Self.patience else { return }
        (lag, stage) = (0, .puttingManifest)
        throw .notYet(reason)
    }

    /// How many looks are followed by another one.
    private static let patience = 6
}

/// Without the step: the first one finds out what is done.
extension SignaturePush: Codable {
    private enum CodingKeys: String, CodingKey {
        case repository, subject, predicateType, created, bundle
    }
}
