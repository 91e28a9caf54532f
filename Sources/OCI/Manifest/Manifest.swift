package import JSON

/// What a tag or a digest leads to: an image or another artifact, or an index of such.
package struct Manifest: Sendable {
    /// Bytes that any manifest may have, as the distribution specification asks of registries.
    package static let sizeLimit = 4 << 20
    /// Elements of a list in a manifest.
    static let listLimit = 10_000

    package let mediaType: String
    package let artifactType: String?
    package let config: Descriptor?
    package let layers: [Descriptor]
    /// What an index lists; those that cannot be read are left out.
    package let children: [Descriptor]
    package let annotations: [String: String]

    /// - Parameter contentType: That of the answer; it counts where the manifest does not say.
    package init(_ text: [UInt8], contentType: String) throws(ManifestError) {
        guard text.count <= Self.sizeLimit else { throw .tooLong(text.count) }
        do {
            try self.init(JSONNode(parsing: text), contentType: contentType)
        } catch let error as ManifestError {
            throw error
        } catch let error as JSONError {
            throw .malformed(error)
        } catch {
            preconditionFailure("\(error) is no error of reading")
        }
    }

    private init(_ node: JSONNode, contentType: String) throws {
        let answered = MediaType.essence(contentType)
        let own = try node.optional("mediaType")?.string
        // A text that is read in one way here and in another there has two meanings and one digest
        // (CVE-2021-41190).
        if let own, MediaType.manifests.contains(answered), own != answered {
            throw ManifestError.ambiguous("its type is \(own), the answer's \(answered)")
        }
        mediaType = own ?? answered
        let version = try node.required("schemaVersion")
        guard try version.integer == 2, MediaType.manifests.contains(mediaType) else {
            throw ManifestError.type(mediaType)
        }
        let list = try node.optional("manifests")
        let isIndex = MediaType.indexes.contains(mediaType)
        let parts = try node.optional("layers") ?? node.optional("config")
        if isIndex ? parts != nil : list != nil {
            throw ManifestError.ambiguous("it is an image and an index at once")
        }
        artifactType = try node.optional("artifactType")?.string
        annotations = try node.annotations
        config = try node.optional("config").map(Descriptor.init)
        layers = try node.list("layers", limit: Self.listLimit).map(Descriptor.init)
        children = try node.list("manifests", limit: Self.listLimit).compactMap {
            try? Descriptor($0)
        }
    }

    package var isIndex: Bool { MediaType.indexes.contains(mediaType) }

    /// The Sigstore bundle that a manifest carries as its one layer.
    package var bundle: Descriptor? {
        guard let layer = layers.first, layers.count == 1,
            layer.mediaType.hasPrefix(MediaType.anyBundle)
        else { return nil }
        return layer
    }
}

/// A text that is no manifest.
package enum ManifestError: Error, Equatable {
    case tooLong(Int)
    case malformed(JSONError)
    case type(String)
    case ambiguous(String)
}

extension ManifestError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let count):
            "the manifest has \(count) bytes, more than \(Manifest.sizeLimit)"
        case .malformed(let error): "the manifest is malformed: \(error)"
        case .type(let type):
            "'\(type)' is not a manifest of OCI or of Docker's schema 2"
        case .ambiguous(let reason): "the manifest has two meanings: \(reason)"
        }
    }
}
