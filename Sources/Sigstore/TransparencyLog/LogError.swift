/// What a log has said that does not hold.
package enum LogError: Error, Equatable {
    case note(String)
    case checkpoint(String)
    /// No signature under the checkpoint is the log's.
    case checkpointUnsigned(log: String)
    case checkpointSignature(log: String)
    case proof(String)
    case rootHash(proof: String, checkpoint: String)
    case body(String)
}

extension LogError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .note(let reason): "malformed signed note: \(reason)"
        case .checkpoint(let reason): "malformed checkpoint: \(reason)"
        case .checkpointUnsigned(let log): "the checkpoint has no signature of the log \(log)"
        case .checkpointSignature(let log):
            "the signature of the log \(log) under the checkpoint does not verify"
        case .proof(let reason): "the inclusion proof does not hold: \(reason)"
        case .rootHash(let proof, let checkpoint):
            "the inclusion proof leads to the root \(proof), the checkpoint has \(checkpoint)"
        case .body(let reason): "malformed entry: \(reason)"
        }
    }
}
