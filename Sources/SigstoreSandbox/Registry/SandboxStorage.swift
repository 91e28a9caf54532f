import SigningCrypto
import Synchronization

/// Where the registry keeps its blobs when it redirects: an address of its own, and another host.
///
/// Like S3 it takes the signature in the address and nothing beside it.
final class SandboxStorage: SandboxService {
    let name = ServiceName.storage
    private let baseURL: String
    private let state = Mutex(State())

    private struct State {
        /// By the signature in the address.
        var objects: [String: [UInt8]] = [:]
        var authorized: Int64 = 0
    }

    init(baseURL: String) {
        self.baseURL = baseURL
    }

    /// How many requests came with an `Authorization` header, which nobody should send here.
    var authorized: Int64 { state.withLock { $0.authorized } }

    /// An address at which the bytes can be read.
    func address(of bytes: [UInt8]) throws -> String {
        let signature = try randomBytes(16).hex
        state.withLock { $0.objects[signature] = bytes }
        return "\(baseURL)/object?X-Signature=\(signature)"
    }

    func call(of request: SandboxRequest) -> String? {
        request.method == "GET" && request.path == "/object" ? "get" : nil
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard request.headers["authorization"] == nil else {
            state.withLock { $0.authorized += 1 }
            throw Refusal(400, "only one kind of authentication is allowed")
        }
        let object = state.withLock { $0.objects[request.query["X-Signature"] ?? ""] }
        guard var bytes = object else { throw Refusal(403, "the signature does not match") }
        if fault == .wrong, !bytes.isEmpty { bytes[bytes.count - 1] ^= 1 }
        return try RegistryRange.answer(bytes, request)
    }
}
