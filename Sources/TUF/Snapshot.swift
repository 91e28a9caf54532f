package import FoundationEssentials
package import JSON

/// Which versions of the targets metadata belong together.
package struct Snapshot: RoleMetadata, Equatable {
    package static let role = Role.snapshot

    package let version: Int64
    package let expires: Date
    package let targets: MetadataDescription
    /// The versions of all listed files by name: those of delegated roles too.
    package let versions: [String: Int64]

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        let files = try node.required("meta")
        targets = try MetadataDescription(files.required(Role.targets.file))
        var versions: [String: Int64] = [:]
        for (name, file) in try files.members {
            versions[name] = try file.required("version").version
        }
        self.versions = versions
    }
}
