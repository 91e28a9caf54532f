import SigningCrypto

/// A log's tree of hashes (RFC 6962 §2.1), which tells of itself at every size that it has had.
struct MerkleTree {
    /// The hashes of all complete subtrees: those of 2^`n` leaves in row `n`, from left to right.
    private var rows: [[[UInt8]]] = [[]]
    private var indices: [[UInt8]: Int] = [:]

    var leaves: [[UInt8]] { rows[0] }

    var size: Int { rows[0].count }

    /// `SHA-256(0x00 || entry)`
    static func leafHash(_ entry: [UInt8]) -> [UInt8] {
        Digest(of: [0] + entry).bytes
    }

    /// Adds an entry and gives its index.
    mutating func append(_ entry: [UInt8]) -> Int {
        let hash = Self.leafHash(entry)
        indices[hash] = size
        rows[0].append(hash)
        var row = 0
        while rows[row].count % 2 == 0 {
            let pair = rows[row].suffix(2)
            let parent = Self.nodeHash(pair[pair.startIndex], pair[pair.startIndex + 1])
            row += 1
            if row == rows.count { rows.append([]) }
            rows[row].append(parent)
        }
        return size - 1
    }

    /// Where an entry with that leaf hash is.
    func index(ofLeaf hash: [UInt8]) -> Int? { indices[hash] }

    /// The hash of the tree of the first `size` leaves; that of nothing for an empty one.
    func root(at size: Int) -> [UInt8] {
        size == 0 ? Digest(of: []).bytes : hash(of: 0..<size)
    }

    /// The hashes that lead from a leaf to the root at that size, the deepest first (RFC 6962 §2.1.1).
    func auditPath(of index: Int, at size: Int) -> [[UInt8]] {
        var path: [[UInt8]] = []
        var subtree = 0..<size
        while subtree.count > 1 {
            let middle = subtree.lowerBound + split(subtree.count)
            let (left, right) = (subtree.lowerBound..<middle, middle..<subtree.upperBound)
            path.append(hash(of: index < middle ? right : left))
            subtree = index < middle ? left : right
        }
        return path.reversed()
    }

    /// The hashes of the full subtrees of 256^`level` leaves, in tile `number` of that level.
    ///
    /// Source: C2SP tlog-tiles, "Merkle tree". Nil when the tree of that size has not as many as
    /// `width`.
    func tile(level: Int, number: Int, width: Int, at size: Int) -> [[UInt8]]? {
        guard level < 4 else { return nil }
        let complete = size >> (8 * level)
        let (start, overflow) = number.multipliedReportingOverflow(by: 256)
        guard !overflow, start <= complete, complete - start >= width else { return nil }
        return width == 0 ? [] : Array(rows[8 * level][start..<start + width])
    }

    private func hash(of leaves: Range<Int>) -> [UInt8] {
        // A subtree of 2^n leaves begins at a multiple of 2^n, wherever RFC 6962 cuts a tree.
        if leaves.count & (leaves.count - 1) == 0 {
            let row = leaves.count.trailingZeroBitCount
            return rows[row][leaves.lowerBound >> row]
        }
        let middle = leaves.lowerBound + split(leaves.count)
        return Self.nodeHash(
            hash(of: leaves.lowerBound..<middle), hash(of: middle..<leaves.upperBound))
    }

    /// `SHA-256(0x01 || left || right)`
    private static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Digest(of: [1] + left + right).bytes
    }

    /// The largest power of two below `count`, which is 2 or more.
    private func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}

extension MerkleTree {
    /// The hash of the whole tree.
    var root: [UInt8] { root(at: size) }

    func auditPath(of index: Int) -> [[UInt8]] { auditPath(of: index, at: size) }
}
