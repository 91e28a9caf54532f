import JSON
import SigningCrypto

/// The manifest that ties a Sigstore bundle to an image: the same bytes whenever it is made of the same.
struct SignatureManifest {
    /// The config of an artifact that has none: `{}`.
    static let emptyConfig = Array("{}".utf8)

    let subject: Descriptor
    let bundle: Descriptor
    let predicateType: String
    /// RFC 3339 in UTC.
    let created: String

    var annotations: [String: String] {
        [
            "dev.sigstore.bundle.content": "dsse-envelope",
            "dev.sigstore.bundle.predicateType": predicateType,
            "org.opencontainers.image.created": created,
        ]
    }

    var text: [UInt8] {
        var config = Descriptor(of: Self.emptyConfig, mediaType: MediaType.empty)
        config.artifactType = MediaType.bundle
        let subject = Descriptor(
            mediaType: subject.mediaType, size: subject.size, digest: subject.digest)
        let members: JSONValue = [
            "schemaVersion": .integer(2), "mediaType": .string(MediaType.manifest),
            "config": config.json, "layers": [bundle.json], "subject": subject.json,
            "annotations": .texts(annotations), "artifactType": .string(MediaType.bundle),
        ]
        return members.text()
    }

    /// How a list of referrers names it.
    var descriptor: Descriptor {
        var descriptor = Descriptor(of: text, mediaType: MediaType.manifest)
        descriptor.artifactType = MediaType.bundle
        descriptor.annotations = annotations
        return descriptor
    }
}
