import SigningCrypto

/// The hashes of a log's tree.
///
/// Source: RFC 9162 §2.1, RFC 6962 §2.1.
package enum MerkleTree {
    package static func leafHash(_ entry: [UInt8]) -> [UInt8] {
        Digest(of: [0x00] + entry).bytes
    }

    package static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Digest(of: [0x01] + left + right).bytes
    }

    /// The root that an inclusion proof leads to.
    ///
    /// Source: RFC 9162 §2.1.3.2.
    /// - Throws: `LogError.proof` when the path does not fit an entry of that index in a tree of
    ///   that size.
    package static func root(
        leafHash: [UInt8], index: Int64, treeSize: Int64, path: [[UInt8]]
    ) throws(LogError) -> [UInt8] {
        guard index >= 0, index < treeSize else {
            throw .proof("index \(index) is outside a tree of size \(treeSize)")
        }
        var node = index
        var last = treeSize - 1
        var hash = leafHash
        for sibling in path {
            guard sibling.count == 32 else { throw .proof("a hash has \(sibling.count) bytes") }
            guard last != 0 else { throw .proof("its path is too long") }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .proof("its path is too short") }
        return hash
    }
}
