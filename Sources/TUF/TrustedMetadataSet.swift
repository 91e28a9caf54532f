package import FoundationEssentials

/// The metadata that is trusted so far, and the rules by which more of it comes to be (TUF 5.2 to
/// 5.6): no files, no network, and one time for the whole update.
///
/// Each step builds on the one before: root, timestamp, snapshot, targets. A step that throws
/// leaves the set as it was.
package struct TrustedMetadataSet: Sendable {
    /// What becomes of metadata that has expired.
    package enum ExpiryRule: Sendable {
        /// It is an error: the repository has newer, and somebody holds it back.
        case refused
        /// It is kept, and listed in `expired`: without network there is nothing newer.
        case reported
    }

    private let startTime: Date
    private let expiryRule: ExpiryRule
    package private(set) var root: Root
    package private(set) var timestamp: Timestamp?
    package private(set) var snapshot: Snapshot?
    package private(set) var targets: Targets?
    private var formerTimestamp: Timestamp?
    private var formerSnapshot: Snapshot?

    /// - Parameters:
    ///   - bootstrapRoot: The root to start from; trusted because of where it comes from (TUF 5.2).
    ///   - startTime: The time that counts as now for the whole update (TUF 5.1).
    package init(
        bootstrapRoot: [UInt8], startTime: Date, expiryRule: ExpiryRule = .refused
    ) throws(TUFError) {
        let file = try SignedMetadata<Root>(parsing: bootstrapRoot, file: Role.root.file)
        try file.verify(by: file.content.keys(of: .root))
        root = file.content
        self.startTime = startTime
        self.expiryRule = expiryRule
    }

    /// The next root. Its expiry does not matter yet: another one may follow.
    package mutating func update(root bytes: [UInt8]) throws(TUFError) {
        let file = "\(root.version + 1).\(Role.root.file)"
        let new = try SignedMetadata<Root>(parsing: bytes, file: file)
        // TUF 5.3.4: signed by the keys that were trusted, and by those that it brings.
        try new.verify(by: root.keys(of: .root))
        try new.verify(by: new.content.keys(of: .root))
        // TUF 5.3.5: exactly the next version.
        guard new.content.version == root.version + 1 else {
            throw .wrongVersion(
                file: file, found: new.content.version, expected: root.version + 1)
        }
        self = Self(root: new.content, startTime: startTime, expiryRule: expiryRule)
    }

    private init(root: Root, startTime: Date, expiryRule: ExpiryRule) {
        self.root = root
        self.startTime = startTime
        self.expiryRule = expiryRule
    }

    /// A timestamp from an earlier update: a new one may not go back behind it. Its expiry does
    /// not matter.
    package mutating func recall(timestamp bytes: [UInt8]) throws(TUFError) {
        formerTimestamp = try authentic(bytes)
    }

    /// A snapshot from an earlier update: a new one may not go back behind it.
    package mutating func recall(snapshot bytes: [UInt8]) throws(TUFError) {
        formerSnapshot = try authentic(bytes)
    }

    /// - Returns: false when its version was known already: the timestamp of before stays.
    @discardableResult
    package mutating func update(timestamp bytes: [UInt8]) throws(TUFError) -> Bool {
        // TUF 5.3.10: the final root must not have expired.
        try requireUnexpired(root)
        let new: Timestamp = try authentic(bytes)
        let former = timestamp ?? formerTimestamp
        if let former {
            // TUF 5.4.3.1
            guard new.version >= former.version else {
                throw .rollback(
                    file: Role.timestamp.file, found: new.version, trusted: former.version)
            }
            // TUF 5.4.3.2
            guard new.snapshot.version >= former.snapshot.version || new.version == former.version
            else {
                throw .rollback(
                    file: Role.snapshot.file, found: new.snapshot.version,
                    trusted: former.snapshot.version)
            }
        }
        let isNew = new.version != former?.version
        let current = isNew ? new : former ?? new
        // TUF 5.4.4
        try requireUnexpired(current)
        timestamp = current
        formerSnapshot = snapshot ?? formerSnapshot
        snapshot = nil
        targets = nil
        return isNew
    }

    package mutating func update(snapshot bytes: [UInt8]) throws(TUFError) {
        guard let timestamp else { throw .absent(file: Role.timestamp.file) }
        // TUF 5.5.2
        try timestamp.snapshot.file.check(bytes, file: Role.snapshot.file)
        let new: Snapshot = try authentic(bytes)
        // TUF 5.5.4
        guard new.version == timestamp.snapshot.version else {
            throw .wrongVersion(
                file: Role.snapshot.file, found: new.version, expected: timestamp.snapshot.version)
        }
        // TUF 5.5.5
        for (file, trusted) in (snapshot ?? formerSnapshot)?.versions ?? [:] {
            guard let found = new.versions[file] else { throw .vanished(file: file) }
            guard found >= trusted else {
                throw .rollback(file: file, found: found, trusted: trusted)
            }
        }
        // TUF 5.5.6
        try requireUnexpired(new)
        snapshot = new
        targets = nil
    }

    package mutating func update(targets bytes: [UInt8]) throws(TUFError) {
        guard let snapshot else { throw .absent(file: Role.snapshot.file) }
        // TUF 5.6.2
        try snapshot.targets.file.check(bytes, file: Role.targets.file)
        let new: Targets = try authentic(bytes)
        // TUF 5.6.4
        guard new.version == snapshot.targets.version else {
            throw .wrongVersion(
                file: Role.targets.file, found: new.version, expected: snapshot.targets.version)
        }
        // TUF 5.6.5
        try requireUnexpired(new)
        targets = new
    }

    /// The roles whose metadata has expired at the start time; empty while expiry is refused.
    package var expired: [Role] {
        let loaded: [(any RoleMetadata)?] = [root, timestamp, snapshot, targets]
        return loaded.compactMap { $0 }.filter { hasExpired($0) }.map { type(of: $0).role }
    }

    /// Metadata that enough keys of its role, as the root has them, have signed.
    func authentic<Content: RoleMetadata>(_ bytes: [UInt8]) throws(TUFError) -> Content {
        let file = try SignedMetadata<Content>(parsing: bytes, file: Content.role.file)
        try file.verify(by: root.keys(of: Content.role))
        return file.content
    }

    private func requireUnexpired(_ metadata: some RoleMetadata) throws(TUFError) {
        if expiryRule == .refused, hasExpired(metadata) {
            throw .expired(
                file: type(of: metadata).role.file, at: metadata.expires, now: startTime)
        }
    }

    private func hasExpired(_ metadata: some RoleMetadata) -> Bool {
        metadata.expires <= startTime
    }
}
