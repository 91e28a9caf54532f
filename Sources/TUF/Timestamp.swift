package import FoundationEssentials
package import JSON

/// Which snapshot is the newest.
package struct Timestamp: RoleMetadata, Equatable {
    package static let role = Role.timestamp

    package let version: Int64
    package let expires: Date
    package let snapshot: MetadataDescription

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        snapshot = try MetadataDescription(node.required("meta").required(Role.snapshot.file))
    }
}
