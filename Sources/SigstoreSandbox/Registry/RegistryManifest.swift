import JSON
import SigningCrypto

/// A manifest or an index as the registry keeps it.
struct RegistryManifest: Sendable {
    let bytes: [UInt8]
    let mediaType: String
    let digest: String
    /// The digest of what it says something about.
    let subject: String?
    /// The config and the layers.
    let blobs: [String]
    /// The children of an index.
    let manifests: [String]
    private let artifactType: String?
    private let annotations: JSONValue?

    static let indexType = "application/vnd.oci.image.index.v1+json"
    static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    /// The most that the registry takes, in bytes.
    static let limit = 4 << 20

    /// Reads what is pushed.
    ///
    /// - Parameter contentType: That of the request, which is what it will be answered with.
    init(_ bytes: [UInt8], contentType: String?) throws {
        guard bytes.count <= Self.limit else {
            throw Refusal(413, .sizeInvalid, "a manifest has at most \(Self.limit) bytes")
        }
        let type = contentType?.prefix { $0 != ";" }
        do {
            let document = try JSONNode(parsing: bytes)
            guard try document.required("schemaVersion").integer == 2 else {
                throw Refusal(400, .manifestInvalid, "schemaVersion is not 2")
            }
            let declared = try document.optional("mediaType")?.string
            guard let mediaType = type.map(String.init) ?? declared,
                declared == nil || declared == mediaType
            else {
                throw Refusal(
                    400, .manifestInvalid,
                    "mediaType is '\(declared ?? "")', Content-Type '\(type ?? "")'")
            }
            let config = try document.optional("config")
            let layers = try document.optional("layers")?.elements ?? []
            // Layers that are kept elsewhere need not be here (OCI image-spec, descriptor.md).
            blobs = try ([config].compactMap(\.self) + layers)
                .filter { try $0.optional("urls") == nil }
                .map { try $0.required("digest").string }
            manifests = try (document.optional("manifests")?.elements ?? [])
                .map { try $0.required("digest").string }
            subject = try document.optional("subject")?.required("digest").string
            artifactType =
                try document.optional("artifactType")?.string
                ?? config?.optional("mediaType")?.string
            annotations = try document.optional("annotations")?.value
            self.mediaType = mediaType
        } catch let error as JSONError {
            throw Refusal(400, .manifestInvalid, "\(error)")
        }
        guard Self.isKnown(mediaType) else {
            throw Refusal(400, .manifestInvalid, "unknown media type '\(mediaType)'")
        }
        self.bytes = bytes
        digest = "sha256:" + Digest(of: bytes).hex
    }

    private static func isKnown(_ mediaType: String) -> Bool {
        [
            manifestType, indexType, "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
        ].contains(mediaType)
    }

    /// What a list of referrers says about it.
    var descriptor: JSONValue {
        var members: [String: JSONValue] = [
            "mediaType": .string(mediaType), "size": .integer(Int64(bytes.count)),
            "digest": .string(digest),
        ]
        members["artifactType"] = artifactType.map(JSONValue.string)
        members["annotations"] = annotations
        return .object(members)
    }

    func hasArtifactType(_ type: String) -> Bool { artifactType == type }

    /// Whether a client that accepts those types takes this one (RFC 9110 §12.5.1).
    func isAccepted(by header: String?) -> Bool {
        guard let header else { return true }
        let types = header.split(separator: ",").map { range in
            range.prefix { $0 != ";" }.filter { $0 != " " }
        }
        return types.contains { [mediaType, "*/*", "application/*"].contains($0) }
    }
}
