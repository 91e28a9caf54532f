import JSON
import SigningCrypto

extension LogEntry {
    /// The index that the log has signed: the global one by its promise, else the one that its proof is
    /// about. Nobody vouches for another.
    var provenIndex: Int64 {
        signedEntryTimestamp == nil ? inclusionProof?.index ?? index : index
    }

    /// Whether the log has promised to take the entry at `integratedTime` (Rekor v1).
    ///
    /// Signed is the canonical JSON of the body, the time, the log and the global index.
    func hasValidPromise(of log: TrustedRoot.Log) -> Bool {
        guard let signedEntryTimestamp else { return false }
        let signed: JSONValue = [
            "body": .string(canonicalizedBody.base64), "integratedTime": .integer(integratedTime),
            "logID": .string(logID.hex), "logIndex": .integer(index),
        ]
        guard let text = signed.canonicalText else { return false }
        return log.key.isValid(signedEntryTimestamp, ofMessage: text, scheme: log.scheme)
    }

    /// Whether the entry is in the tree of a checkpoint that the log has signed.
    func verifyInclusion(in log: TrustedRoot.Log) throws(LogError) {
        guard let proof = inclusionProof else { throw .proof("there is none") }
        let checkpoint = try Checkpoint(proof.checkpoint)
        try checkpoint.verify(log: log)
        guard proof.treeSize == checkpoint.treeSize else {
            throw .proof(
                "it is for a tree of size \(proof.treeSize), the checkpoint for \(checkpoint.treeSize)"
            )
        }
        guard proof.rootHash.isEmpty || proof.rootHash == checkpoint.rootHash else {
            throw .rootHash(proof: proof.rootHash.hex, checkpoint: checkpoint.rootHash.hex)
        }
        let root = try MerkleTree.root(
            leafHash: MerkleTree.leafHash(canonicalizedBody), index: proof.index,
            treeSize: checkpoint.treeSize, path: proof.hashes)
        guard root == checkpoint.rootHash else {
            throw .rootHash(proof: root.hex, checkpoint: checkpoint.rootHash.hex)
        }
    }
}
