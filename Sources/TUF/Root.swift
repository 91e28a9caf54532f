package import FoundationEssentials
package import JSON

/// Which keys sign for which role.
package struct Root: RoleMetadata, Equatable {
    package static let role = Role.root

    package let version: Int64
    package let expires: Date
    /// Whether the names of files on the repository begin with their version or digest.
    package let isConsistentSnapshot: Bool
    private let root: RoleKeys
    private let timestamp: RoleKeys
    private let snapshot: RoleKeys
    private let targets: RoleKeys

    package init(signed node: JSONNode) throws(JSONError) {
        let header = try MetadataHeader(node, of: Self.role)
        version = header.version
        expires = header.expires
        isConsistentSnapshot = try node.optional("consistent_snapshot")?.bool ?? false

        let list = try node.required("keys")
        var keys: [String: Key] = [:]
        for (identifier, key) in try list.members {
            keys[identifier] = Key(key)
        }
        let roles = try node.required("roles")
        root = try RoleKeys(roles.required(Role.root.rawValue), keys: keys)
        timestamp = try RoleKeys(roles.required(Role.timestamp.rawValue), keys: keys)
        snapshot = try RoleKeys(roles.required(Role.snapshot.rawValue), keys: keys)
        targets = try RoleKeys(roles.required(Role.targets.rawValue), keys: keys)
    }

    package func keys(of role: Role) -> RoleKeys {
        switch role {
        case .root: root
        case .timestamp: timestamp
        case .snapshot: snapshot
        case .targets: targets
        }
    }

    /// Whether what timestamp and snapshot keys signed before still counts.
    func hasSameOnlineKeys(as other: Root) -> Bool {
        timestamp.hasSameKeys(as: other.timestamp) && snapshot.hasSameKeys(as: other.snapshot)
    }
}
