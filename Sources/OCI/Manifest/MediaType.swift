/// The types of what a registry keeps.
package enum MediaType {
    package static let manifest = "application/vnd.oci.image.manifest.v1+json"
    package static let index = "application/vnd.oci.image.index.v1+json"
    package static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
    package static let dockerList = "application/vnd.docker.distribution.manifest.list.v2+json"
    package static let empty = "application/vnd.oci.empty.v1+json"
    /// A Sigstore bundle, as it is written.
    package static let bundle = "application/vnd.dev.sigstore.bundle.v0.3+json"
    /// What the types of Sigstore bundles of every version begin with.
    package static let anyBundle = "application/vnd.dev.sigstore.bundle"
    /// The payload of an old signature, and the envelope of an old attestation.
    package static let simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json"
    package static let envelope = "application/vnd.dsse.envelope.v1+json"

    /// What a tag or a digest may lead to.
    package static let manifests = [manifest, index, dockerManifest, dockerList]
    static let indexes = [index, dockerList]

    /// The type in a `Content-Type`, without parameters and in lower case.
    static func essence(_ value: String) -> String {
        let type = value.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased()
    }
}
