package import HTTP
import JSON
package import SigningCrypto

/// Looks for what has been signed of an image: what refers to it, and what older versions have put under
/// tags.
///
/// Nothing is asked here: every call goes through `ask`, which gives an answer or says why there is none.
/// That there is none of something is known by a 404 only.
package struct SignatureSearch {
    /// What a registry has been asked, and has answered.
    package typealias Ask = (RegistryCall) throws(RegistryError) -> (
        response: HTTPResponse, url: HTTPURL, address: RegistryAddress
    )

    /// Pages and manifests that are looked at.
    static let pageLimit = 100
    package static let limit = 1000
    /// Bytes of a bundle in a registry.
    package static let bundleLimit = 16 << 20

    /// Bytes of everything that is found: it is all in memory until it is judged.
    package static let totalLimit = 256 << 20

    /// A signature, as it was found.
    package struct Found: Sendable {
        package enum Content: Sendable {
            /// A Sigstore bundle.
            case bundle([UInt8])
            /// A layer of an old signature or attestation, with what is said of it.
            case layer([UInt8], Descriptor)
        }

        /// Of the manifest, which names the signature.
        package let manifest: Digest
        package let content: Result<Content, RegistryError>
    }

    package let repository: Repository
    package let image: Digest
    private let totalLimit: Int
    private let ask: Ask

    package init(
        of image: Digest, in repository: Repository, totalLimit: Int = Self.totalLimit,
        ask: @escaping Ask
    ) {
        self.image = image
        self.repository = repository
        self.totalLimit = totalLimit
        self.ask = ask
    }

    /// The calls by which a search finds out what there is.
    ///
    /// - Parameter hasReferrers: Whether the registry has the API for them, as far as is known.
    package static func firstCalls(
        of image: Digest, in repository: Repository, isAttestation: Bool, hasReferrers: Bool
    ) -> [RegistryCall] {
        let tags = (hasReferrers ? [] : [image.fallbackTag]) + [oldTag(of: image, isAttestation)]
        return [.referrers(of: image, in: repository)]
            + tags.map { .manifest($0, in: repository) }
    }

    private static func oldTag(of image: Digest, _ isAttestation: Bool) -> String {
        image.fallbackTag + (isAttestation ? ".att" : ".sig")
    }

    /// Everything that is found. What is there and cannot be had is an element with its reason.
    package func all(isAttestation: Bool) throws(RegistryError) -> [Found] {
        var found: [Found] = []
        var seen: Set<Digest> = []
        for descriptor in try referrers() where seen.insert(descriptor.digest).inserted {
            guard seen.count <= Self.limit else {
                throw .untrustworthy(
                    "\(repository.registry) names more than \(Self.limit) signatures of "
                        + "\(image.label)")
            }
            guard descriptor.mayBeBundle else { continue }
            do throws(RegistryError) {
                guard let bundle = try bundle(of: descriptor.digest) else { continue }
                found.append(
                    Found(manifest: descriptor.digest, content: .success(.bundle(bundle))))
            } catch {
                found.append(Found(manifest: descriptor.digest, content: .failure(error)))
            }
            try check(found.size)
        }
        return found + (try oldSignatures(isAttestation: isAttestation, after: found.size))
    }

    private func check(_ size: Int) throws(RegistryError) {
        guard size <= totalLimit else {
            throw .untrustworthy(
                "\(repository.registry) has more than \(totalLimit >> 20) MiB of signatures of "
                    + "\(image.label)")
        }
    }

    // MARK: - What refers to the image

    private func referrers() throws(RegistryError) -> [Descriptor] {
        var descriptors: [Descriptor] = []
        var page: HTTPURL?
        for _ in 0..<Self.pageLimit {
            let call = RegistryCall.referrers(of: image, in: repository, page: page)
            let (response, url, address) = try ask(call)
            guard let list = try ReferrersPage(response, of: call, at: url, address) else {
                // An empty list and none at all are not the same.
                guard page == nil else {
                    throw .untrustworthy("\(repository.registry) breaks off a list of referrers")
                }
                return try taggedReferrers()
            }
            descriptors += list.index.descriptors
            guard let next = list.next, descriptors.count <= Self.limit else {
                return descriptors
            }
            page = next
        }
        throw .untrustworthy(
            "\(repository.registry) has more than \(Self.pageLimit) pages of referrers")
    }

    private func taggedReferrers() throws(RegistryError) -> [Descriptor] {
        let (response, _, _) = try ask(.manifest(image.fallbackTag, in: repository))
        guard response.isSuccess else { return [] }
        do {
            return try ReferrersIndex(response.body).descriptors
        } catch {
            throw .untrustworthy(
                "the tag for referrers at \(repository.registry) is taken by something else: "
                    + "\(error)")
        }
    }

    /// Nil for a manifest that carries no bundle.
    private func bundle(of digest: Digest) throws(RegistryError) -> [UInt8]? {
        guard let manifest = try manifest(digest.label, expecting: digest) else {
            throw .notFound("\(repository.registry) lists \(digest.label) and has no such")
        }
        return try manifest.bundle.map { layer throws(RegistryError) in
            try content(of: layer)
        }
    }

    /// Nil where the registry has none.
    private func manifest(
        _ name: String, expecting digest: Digest?
    ) throws(RegistryError) -> (bundle: Descriptor?, digest: Digest, layers: [Descriptor])? {
        let (response, _, address) = try ask(.manifest(name, in: repository))
        guard response.isSuccess else { return nil }
        let computed = try response.checkedDigest(
            expecting: digest, of: name, from: address.registry)
        do {
            let manifest = try Manifest(
                response.body, contentType: response[header: "Content-Type"] ?? "")
            return (manifest.bundle, computed, manifest.layers)
        } catch {
            throw .untrustworthy("\(name): \(error)")
        }
    }

    private func content(of layer: Descriptor) throws(RegistryError) -> [UInt8] {
        guard layer.size <= Self.bundleLimit else {
            throw .untrustworthy(
                "a signature of \(layer.size) bytes is more than the \(Self.bundleLimit) of any")
        }
        let (response, _, address) = try ask(
            .blob(layer.digest, in: repository, limit: Self.bundleLimit))
        guard response.isSuccess else {
            throw .notFound("\(address.registry) has no blob \(layer.digest.label)")
        }
        _ = try response.checkedDigest(
            expecting: layer.digest, of: "the blob", from: address.registry)
        return response.body
    }

    // MARK: - Before bundles

    private func oldSignatures(
        isAttestation: Bool, after size: Int
    ) throws(RegistryError) -> [Found] {
        let tag = Self.oldTag(of: image, isAttestation)
        guard let (_, digest, layers) = try manifest(tag, expecting: nil) else { return [] }
        let type = isAttestation ? MediaType.envelope : MediaType.simpleSigning
        var found: [Found] = []
        for layer in layers.filter({ $0.mediaType == type }).prefix(Self.limit) {
            let content = Result { () throws(RegistryError) in
                Found.Content.layer(try self.content(of: layer), layer)
            }
            found.append(Found(manifest: digest, content: content))
            try check(size + found.size)
        }
        return found
    }
}

extension [SignatureSearch.Found] {
    fileprivate var size: Int {
        reduce(0) { sum, found in
            switch found.content {
            case .success(.bundle(let bytes)), .success(.layer(let bytes, _)): sum + bytes.count
            case .failure: sum
            }
        }
    }
}

extension Descriptor {
    /// Some writers leave the type out of the list, or write that of the config.
    fileprivate var mayBeBundle: Bool {
        guard let artifactType, !artifactType.isEmpty else { return true }
        return artifactType.hasPrefix(MediaType.anyBundle) || artifactType == MediaType.empty
            || artifactType == "application/vnd.oci.image.config.v1+json"
    }
}
