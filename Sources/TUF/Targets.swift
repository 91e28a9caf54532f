package import FoundationEssentials
package import JSON

/// Which files there are to be had. Delegations to further roles are not followed.
package struct Targets: RoleMetadata, Equatable {
    package static let role = Role.targets

    package let version: Int64
    package let expires: Date
    /// By name; every one with its length and at least one digest.
    package let files: [String: FileDescription]

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        let list = try node.required("targets")
        var files: [String: FileDescription] = [:]
        for (name, file) in try list.members {
            _ = try file.required("length")
            _ = try file.required("hashes")
            files[name] = try FileDescription(file)
        }
        self.files = files
    }
}
