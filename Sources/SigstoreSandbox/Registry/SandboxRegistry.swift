import JSON
import SigningCrypto
import Synchronization

/// A registry of container images and other artifacts, kept in memory.
///
/// Source: OCI Distribution Specification 1.1.
final class SandboxRegistry: SandboxService {
    let name = ServiceName.registry
    let authority: RegistryAuthority
    let options: RegistryOptions
    /// Where blobs are read when they are redirected.
    let storage: SandboxStorage
    let store: Mutex<RegistryStore>
    /// How many requests came with an `Authorization` header, by call.
    private let authorized = Mutex<[String: Int64]>([:])

    init(addresses: SandboxAddresses, options: RegistryOptions, clock: SandboxClock) throws {
        self.options = options
        authority = try RegistryAuthority(
            options: options, realm: addresses[.registry] + "/token", clock: clock)
        storage = SandboxStorage(baseURL: addresses[.storage])
        store = Mutex(RegistryStore(lag: options.lag))
    }

    func call(of request: SandboxRequest) -> String? {
        guard let target = RegistryTarget(path: request.path) else { return nil }
        return switch (request.method, target) {
        case ("GET", .base): "ping"
        case ("GET", .token), ("POST", .token): "token"
        case ("GET", .catalog): "catalog"
        case ("GET", .tags): "tags"
        case ("GET", .referrers) where options.keepsReferrers: "referrers"
        case ("GET", .manifest): "manifest-get"
        case ("HEAD", .manifest): "manifest-head"
        case ("PUT", .manifest): "manifest-put"
        case ("DELETE", .manifest): "manifest-delete"
        case ("GET", .blob): "blob-get"
        case ("HEAD", .blob): "blob-head"
        case ("DELETE", .blob): "blob-delete"
        case ("POST", .uploads): "blob-upload"
        case ("PATCH", .upload): "blob-chunk"
        case ("PUT", .upload): "blob-put"
        default: nil
        }
    }

    /// In the form of registries, with a challenge where a 401 needs one.
    func failure(_ status: Int, of call: String, _ request: SandboxRequest) -> SandboxAnswer {
        guard status == 401, call != "token" else {
            return RegistryError(status: status, of: call).answer(status, "a fault of the sandbox")
        }
        let target = RegistryTarget(path: request.path)
        return authority.unauthorized(
            for: target.flatMap { scope(of: call, $0) },
            error: request.bearer == nil ? nil : "invalid_token")
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        if request.headers["authorization"] != nil {
            authorized.withLock { $0[call, default: 0] += 1 }
        }
        if call == "token" { return try authority.token(request, fault: fault) }
        guard let target = RegistryTarget(path: request.path) else {
            throw Refusal(404, .nameUnknown, "no path '\(request.path)'")
        }
        try authority.check(request, for: scope(of: call, target))
        return try answer(target, request, fault: fault)
            .adding("Docker-Distribution-Api-Version", "registry/2.0")
    }

    private func answer(
        _ target: RegistryTarget, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        switch target {
        case .base, .token:
            return SandboxAnswer(json: [:])
        case .catalog:
            let names = store.withLock { $0.repositories.keys.sorted() }
            return page(names.map(JSONValue.string), request, fault) { ["repositories": $0] }
        case .tags(let repository):
            guard let tags = store.withLock({ $0.repositories[repository]?.tags }) else {
                throw Refusal(404, .nameUnknown, "no repository '\(repository)'")
            }
            return page(tags.keys.sorted().map(JSONValue.string), request, fault) {
                ["name": .string(repository), "tags": $0]
            }
        case .referrers(let repository, let digest):
            return try referrers(of: digest, in: repository, request, fault: fault)
        case .manifest(let repository, let reference):
            return try manifest(reference, in: repository, request, fault: fault)
        case .blob(let repository, let digest):
            return try blob(digest, in: repository, request, fault: fault)
        case .uploads(let repository):
            return try beginUpload(in: repository, request, fault: fault)
        case .upload(let repository, let id):
            return try continueUpload(id, in: repository, request, fault: fault)
        }
    }

    private func scope(of call: String, _ target: RegistryTarget) -> RegistryScope? {
        guard let repository = target.repository else { return nil }
        let action =
            switch call {
            case "manifest-put", "blob-upload", "blob-chunk", "blob-put": "push"
            case "manifest-delete", "blob-delete": "delete"
            default: "pull"
            }
        return RegistryScope(repository: repository, action: action)
    }

    /// What there is, and who has shown credentials where.
    var report: JSONValue {
        [
            "repositories": store.withLock { $0.inventory },
            "authorized": .object(
                authorized.withLock { $0.mapValues(JSONValue.integer) }
                    .merging(["storage": .integer(storage.authorized)]) { $1 }),
        ]
    }
}
