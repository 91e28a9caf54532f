/// One of the four top-level roles, in the order in which their metadata is loaded.
package enum Role: String, Sendable, CaseIterable {
    case root, timestamp, snapshot, targets

    /// The name of the role's metadata file, without a version.
    package var file: String { "\(rawValue).json" }
}
