/// What a repository may ask of its client: the most bytes of each file, and the most roots.
package struct UpdaterLimits: Sendable {
    /// How many new roots one update follows; the next update goes on from there.
    package var roots = 256
    package var rootBytes = 512 << 10
    package var timestampBytes = 16 << 10
    package var snapshotBytes = 1 << 20
    package var targetsBytes = 1 << 20
    package var targetFileBytes = 16 << 20

    package init() {}

    /// The most bytes of a role's metadata file.
    func bytes(of role: Role) -> Int {
        switch role {
        case .root: rootBytes
        case .timestamp: timestampBytes
        case .snapshot: snapshotBytes
        case .targets: targetsBytes
        }
    }
}
