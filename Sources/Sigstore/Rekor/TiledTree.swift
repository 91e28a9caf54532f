/// A part of a log's tree as the log publishes it: up to 256 hashes of one level.
///
/// Source: C2SP, `tlog-tiles.md`.
struct Tile: Hashable {
    static let height = 8
    static let fullWidth = 1 << height
    static let hashLength = 32

    /// 0 for the hashes of the leaves; each hash of level `n + 1` is the root of a full tile of `n`.
    let level: Int
    let index: Int64
    /// How many hashes there are, 1 to 256.
    let width: Int

    var isFull: Bool { width == Self.fullWidth }
    var full: Tile { Tile(level: level, index: index, width: Self.fullWidth) }

    /// `tile/0/x001/x234/067.p/8`: the number in groups of three digits, the width of a partial tile
    /// behind it.
    var path: String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.count) + digits
            groups.insert(groups.isEmpty ? group : "x\(group)", at: 0)
            rest /= 1000
        } while rest > 0
        return "tile/\(level)/\(groups.joined(separator: "/"))" + (isFull ? "" : ".p/\(width)")
    }

    func check(length: Int) throws(LogError) {
        let expected = width * Self.hashLength
        guard length == expected else {
            throw .proof("the tile '\(path)' has \(length) bytes, not \(expected)")
        }
    }
}

/// A log's tree of a certain size, in tiles.
struct TiledTree {
    /// From 1.
    let size: Int64

    func leafHash<E: Error>(
        at index: Int64, hashes: (Tile) throws(E) -> [[UInt8]]
    ) throws(E) -> [UInt8] {
        try subtree(from: index, height: 0, hashes)
    }

    /// The inclusion proof of the leaf with that index, which is below the size.
    ///
    /// Source: RFC 9162 §2.1.3.1.
    func inclusionPath<E: Error>(
        to index: Int64, hashes: (Tile) throws(E) -> [[UInt8]]
    ) throws(E) -> [[UInt8]] {
        var siblings: [Range<Int64>] = []
        var part = 0..<size
        while part.count > 1 {
            let middle =
                part.lowerBound + largestPowerOfTwo(upTo: part.upperBound - part.lowerBound - 1)
            let (left, right) = (part.lowerBound..<middle, middle..<part.upperBound)
            (part, siblings) =
                index < middle
                ? (left, siblings + [right]) : (right, siblings + [left])
        }
        var path: [[UInt8]] = []
        for sibling in siblings.reversed() { path.append(try root(of: sibling, hashes)) }
        return path
    }

    /// The root over a range of leaves that an inclusion proof has: subtrees of falling heights.
    private func root<E: Error>(
        of range: Range<Int64>, _ hashes: (Tile) throws(E) -> [[UInt8]]
    ) throws(E) -> [UInt8] {
        var subtrees: [[UInt8]] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let count = largestPowerOfTwo(upTo: range.upperBound - start)
            subtrees.append(try subtree(from: start, height: count.trailingZeroBitCount, hashes))
            start += count
        }
        guard var root = subtrees.popLast() else { return [] }
        while let left = subtrees.popLast() { root = MerkleTree.nodeHash(left, root) }
        return root
    }

    /// The root of the full subtree over `2^height` leaves, which all are in one tile.
    private func subtree<E: Error>(
        from start: Int64, height: Int, _ hashes: (Tile) throws(E) -> [[UInt8]]
    ) throws(E) -> [UInt8] {
        let level = height / Tile.height
        let first = start >> Int64(Tile.height * level)
        let tile = tile(level: level, holding: first)
        var row = Array(
            try hashes(tile).dropFirst(Int(first & 0xFF)).prefix(1 << (height % Tile.height)))
        while row.count > 1 {
            row = stride(from: 0, to: row.count - 1, by: 2).map {
                MerkleTree.nodeHash(row[$0], row[$0 + 1])
            }
        }
        return row.first ?? []
    }

    private func tile(level: Int, holding node: Int64) -> Tile {
        let index = node >> Int64(Tile.height)
        let nodes = size >> Int64(Tile.height * level)
        return Tile(
            level: level, index: index,
            width: Int(min(nodes - index << Int64(Tile.height), Int64(Tile.fullWidth))))
    }
}

/// - Parameter count: From 1.
private func largestPowerOfTwo(upTo count: Int64) -> Int64 {
    1 << Int64(63 - count.leadingZeroBitCount)
}
