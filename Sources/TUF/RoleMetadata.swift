package import FoundationEssentials
package import JSON

/// The `signed` part of a metadata file.
package protocol RoleMetadata: Sendable {
    static var role: Role { get }

    /// From 1 on; counts up with each change.
    var version: Int64 { get }
    /// The time from which on the file is not to be trusted.
    var expires: Date { get }

    init(signed node: JSONNode) throws(JSONError)
}

/// What the `signed` parts of all roles have in common.
struct MetadataHeader {
    let version: Int64
    let expires: Date

    init(_ node: JSONNode, of role: Role) throws(JSONError) {
        let type = try node.required("_type")
        guard try type.string == role.rawValue else { throw type.unexpected("'\(role.rawValue)'") }
        let specification = try node.required("spec_version")
        // TUF 4.3: what counts as a match is ours to say; a new major version is another format.
        guard try specification.string.split(separator: ".").first == "1" else {
            throw specification.unexpected("1 or 1.x")
        }
        version = try node.required("version").version
        let time = try node.required("expires")
        // The first roots of Sigstore have fractions of a second, and offsets from UTC.
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = try? Date(time.string, strategy: format) else {
            throw time.unexpected("a time")
        }
        expires = date
    }
}

extension JSONNode {
    /// A version, which has a successor.
    var version: Int64 {
        get throws(JSONError) {
            guard case let version = try integer, version > 0, version < .max else {
                throw unexpected("a version")
            }
            return version
        }
    }
}
