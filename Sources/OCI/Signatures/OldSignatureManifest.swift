import JSON
import SigningCrypto

/// The image manifest under `sha256-HEX.sig` or `.att`, whose layers are signatures: what cosign wrote before
/// version 3.
///
/// Source: sigstore/cosign, `specs/SIGNATURE_SPEC.md`.
struct OldSignatureManifest: TaggedList {
    /// A config that says nothing, the same for all.
    static let config = Array(
        #"{"architecture":"","config":{},"os":"","rootfs":{"diff_ids":[],"type":"layers"}}"#.utf8)
    static let configType = "application/vnd.oci.image.config.v1+json"

    /// Layers by digest and signature: the same payload may have been signed several times.
    var elements: [ListElement] = []
    private var others: [String: JSONValue] = [
        "schemaVersion": .integer(2), "mediaType": .string(MediaType.manifest),
        "config": Descriptor(of: Self.config, mediaType: Self.configType).json,
    ]

    init() {}

    init(_ text: [UInt8]) throws(ManifestError) {
        guard text.count <= Manifest.sizeLimit else { throw .tooLong(text.count) }
        do throws(JSONError) {
            let node = try JSONNode(parsing: text)
            for layer in try node.list("layers", limit: Manifest.listLimit) {
                elements.append(try Self.element(layer))
            }
            guard case .object(var members) = try node.value else { return }
            members["layers"] = nil
            others.merge(members) { $1 }
        } catch {
            throw .malformed(error)
        }
        guard others["manifests"] == nil else { throw .type("an index") }
    }

    static func element(_ layer: JSONNode) throws(JSONError) -> ListElement {
        let signature = try layer.annotations["dev.cosignproject.cosign/signature"] ?? ""
        let digest = try layer.required("digest").string
        return ListElement(key: "\(digest) \(signature)", value: try layer.value)
    }

    var text: [UInt8] {
        var members = others
        members["layers"] = .array(elements.map(\.value))
        return JSONValue.object(members).text()
    }
}
