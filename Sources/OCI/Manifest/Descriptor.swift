package import JSON
package import SigningCrypto

/// What is said of a content that is elsewhere: its type, length and digest.
///
/// Source: OCI image specification 1.1, "OCI Content Descriptors".
package struct Descriptor: Hashable, Codable, Sendable {
    package let mediaType: String
    /// Bytes.
    package let size: Int64
    package let digest: Digest
    package var artifactType: String?
    package var annotations: [String: String] = [:]

    package init(
        mediaType: String, size: Int64, digest: Digest, artifactType: String? = nil,
        annotations: [String: String] = [:]
    ) {
        self.mediaType = mediaType
        self.size = size
        self.digest = digest
        self.artifactType = artifactType
        self.annotations = annotations
    }

    /// Describes bytes that are here.
    package init(of content: [UInt8], mediaType: String) {
        self.init(
            mediaType: mediaType, size: Int64(content.count), digest: Digest(of: content))
    }

    package init(_ node: JSONNode) throws(JSONError) {
        mediaType = try node.required("mediaType").string
        let size = try node.required("size")
        self.size = try size.integer
        guard self.size >= 0 else { throw size.unexpected("a length") }
        let digest = try node.required("digest")
        guard let read = Digest(label: try digest.string) else {
            throw digest.unexpected("a digest such as sha256:HEX")
        }
        self.digest = read
        artifactType = try node.optional("artifactType")?.string
        annotations = try node.annotations
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "mediaType": .string(mediaType), "size": .integer(size),
            "digest": .string(digest.label),
        ]
        if let artifactType { members["artifactType"] = .string(artifactType) }
        if !annotations.isEmpty { members["annotations"] = .texts(annotations) }
        return .object(members)
    }
}

extension Descriptor {
    var element: ListElement { ListElement(key: digest.label, value: json) }
}

extension JSONNode {
    /// The most that a descriptor or a manifest may have.
    private static var annotationLimit: Int { 1000 }

    var annotations: [String: String] {
        get throws(JSONError) {
            guard let node = try optional("annotations") else { return [:] }
            let members = try node.members
            guard members.count <= Self.annotationLimit else {
                throw node.unexpected("an object of at most \(Self.annotationLimit) members")
            }
            var annotations: [String: String] = [:]
            for member in members { annotations[member.name] = try member.value.string }
            return annotations
        }
    }
}

extension JSONValue {
    static func texts(_ texts: [String: String]) -> JSONValue {
        .object(texts.mapValues(JSONValue.string))
    }
}
