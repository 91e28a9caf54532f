import Sigstore
import Testing

@Suite("Merkle trees")
struct MerkleTreeTests {
    private static let leaves = (0..<20).map { MerkleTree.leafHash([UInt8($0)]) }

    @Test("every entry of every small tree leads to its root", arguments: 1...20)
    func inclusion(size: Int) throws {
        let leaves = Self.leaves.prefix(size)

        for index in 0..<size {
            let root = try MerkleTree.root(
                leafHash: leaves[index], index: Int64(index), treeSize: Int64(size),
                path: TestTree.path(index, leaves))
            #expect(root == TestTree.root(leaves), "index \(index)")
        }
    }

    @Test(
        "a path for another index, of another length or with a changed hash leads elsewhere",
        arguments: 2...20)
    func wrongPath(size: Int) {
        let leaves = Self.leaves.prefix(size)
        let expected = TestTree.root(leaves)
        func leads(_ index: Int, _ place: Int, _ path: [[UInt8]]) -> Bool {
            let root = try? MerkleTree.root(
                leafHash: leaves[index], index: Int64(place), treeSize: Int64(size), path: path)
            return root == expected
        }

        for index in 0..<size {
            let path = TestTree.path(index, leaves)
            for place in 0..<size where place != index {
                #expect(!leads(index, place, path), "\(index) at \(place)")
            }
            #expect(!leads(index, index, path + [expected]))
            #expect(!leads(index, index, path.dropLast()))
            for step in path.indices {
                var changed = path
                changed[step][0] ^= 1
                #expect(!leads(index, index, changed))
            }
        }
    }

    @Test("an index outside of the tree is refused", arguments: [(0, 0), (-1, 5), (5, 5), (9, 5)])
    func outside(index: Int64, size: Int64) {
        #expect(throws: LogError.self) {
            try MerkleTree.root(leafHash: Self.leaves[0], index: index, treeSize: size, path: [])
        }
    }

    @Test("a hash of another length is refused", arguments: [0, 31, 33])
    func hashLength(count: Int) {
        #expect(throws: LogError.self) {
            try MerkleTree.root(
                leafHash: Self.leaves[0], index: 0, treeSize: 2,
                path: [[UInt8](repeating: 0, count: count)])
        }
    }

    @Test("the largest tree needs 63 hashes, and no arithmetic overflows")
    func largest() throws {
        let path = Array(repeating: Self.leaves[0], count: 63)

        #expect(throws: Never.self) {
            try MerkleTree.root(
                leafHash: Self.leaves[0], index: 0, treeSize: .max, path: path)
        }
        #expect(throws: LogError.self) {
            try MerkleTree.root(
                leafHash: Self.leaves[0], index: 0, treeSize: .max, path: path + [Self.leaves[0]])
        }
    }
}
