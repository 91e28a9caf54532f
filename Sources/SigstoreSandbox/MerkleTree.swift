import SigningCrypto

/// A log's tree of hashes (RFC 6962 §2.1), all of it computed anew from its leaves when asked.
struct MerkleTree {
    private(set) var leaves: [[UInt8]] = []
    private var indices: [[UInt8]: Int] = [:]

    var size: Int { leaves.count }

    /// `SHA-256(0x00 || entry)`
    static func leafHash(_ entry: [UInt8]) -> [UInt8] {
        Digest(of: [0] + entry).bytes
    }

    /// Adds an entry and gives its index.
    mutating func append(_ entry: [UInt8]) -> Int {
        let hash = Self.leafHash(entry)
        indices[hash] = leaves.count
        leaves.append(hash)
        return leaves.count - 1
    }

    /// Where an entry with that leaf hash is.
    func index(ofLeaf hash: [UInt8]) -> Int? { indices[hash] }

    /// The hash of the whole tree; that of nothing for an empty one.
    var root: [UInt8] {
        leaves.isEmpty ? Digest(of: []).bytes : hash(of: leaves[...])
    }

    /// The hashes that lead from a leaf to the root, the deepest first (RFC 6962 §2.1.1).
    func auditPath(of index: Int) -> [[UInt8]] {
        var path: [[UInt8]] = []
        var subtree = leaves[...]
        while subtree.count > 1 {
            let middle = subtree.startIndex + split(subtree.count)
            let isLeft = index < middle
            path.append(hash(of: isLeft ? subtree[middle...] : subtree[..<middle]))
            subtree = isLeft ? subtree[..<middle] : subtree[middle...]
        }
        return path.reversed()
    }

    /// The hashes of the full subtrees of 256^`level` leaves, in tile `number` of that level.
    ///
    /// Source: C2SP tlog-tiles, "Merkle tree". Nil when the tree has not as many as `width`.
    func tile(level: Int, number: Int, width: Int) -> [[UInt8]]? {
        guard level < 4 else { return nil }
        let span = (0..<level).reduce(1) { span, _ in span * 256 }
        let complete = size / span
        let (start, overflow) = number.multipliedReportingOverflow(by: 256)
        guard !overflow, start <= complete, complete - start >= width else { return nil }
        return (start..<start + width).map { hash(of: leaves[$0 * span..<($0 + 1) * span]) }
    }

    private func hash(of leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves[leaves.startIndex] }
        let middle = leaves.startIndex + split(leaves.count)
        return Digest(of: [1] + hash(of: leaves[..<middle]) + hash(of: leaves[middle...])).bytes
    }

    /// The largest power of two below `count`, which is 2 or more.
    private func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
