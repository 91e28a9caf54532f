import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

/// Speaks to the registry of a sandbox without a network, as a container tool would.
struct RegistryClient {
    let sandbox: Sandbox
    /// The value of the `Authorization` header.
    var authorization: String?

    static let emptyConfig = Array("{}".utf8)

    init(_ faults: String..., options: RegistryOptions = RegistryOptions()) throws {
        var settings = SandboxSettings()
        settings.registry = options
        let ports = ServiceName.allCases.enumerated().map { ($1, $0 + 1) }
        sandbox = try Sandbox(
            addresses: SandboxAddresses(ports: Dictionary(uniqueKeysWithValues: ports)),
            faults: faults.map { try FaultPlan($0) }, settings: settings)
    }

    /// The answer to a request, where one is given.
    func send(
        _ method: String, _ target: String, to service: ServiceName = .registry,
        headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> SandboxAnswer {
        var headers = headers
        headers["authorization"] = headers["authorization"] ?? authorization
        let request = SandboxRequest(
            method: method, target: target, headers: headers, body: body)
        guard case .answer(let answer) = sandbox.deliver(request, to: service) else {
            throw SandboxClient.NoAnswer()
        }
        return answer
    }

    /// The answer to a `GET`.
    func get(_ target: String, headers: [String: String] = [:]) throws -> SandboxAnswer {
        try send("GET", target, headers: headers)
    }

    /// Uploads a blob in one piece, and returns its digest.
    func push(blob: [UInt8], to repository: String = "app") throws -> String {
        let digest = Self.digest(blob)
        let begun = try send("POST", "/v2/\(repository)/blobs/uploads/")
        let location = try #require(begun.header("Location"))
        let stored = try send("PUT", location + "&digest=\(digest)", body: blob)
        try #require(stored.status == 201)
        return digest
    }

    /// Puts a manifest, with its config, and returns the answer.
    func push(
        _ manifest: JSONValue, as reference: String, to repository: String = "app",
        headers: [String: String] = [:]
    ) throws -> SandboxAnswer {
        _ = try push(blob: Self.emptyConfig, to: repository)
        let type = ["content-type": RegistryManifest.manifestType]
        return try send(
            "PUT", "/v2/\(repository)/manifests/\(reference)",
            headers: headers.merging(type) { $1 }, body: manifest.text())
    }

    /// A manifest without layers; `name` makes it another one.
    static func manifest(
        _ name: String, subject: String? = nil, artifactType: String? = nil
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "schemaVersion": .integer(2),
            "mediaType": .string(RegistryManifest.manifestType),
            "config": [
                "mediaType": .string("application/vnd.oci.empty.v1+json"),
                "digest": .string(digest(emptyConfig)), "size": .integer(2),
            ],
            "layers": [],
            "annotations": ["name": .string(name)],
        ]
        members["artifactType"] = artifactType.map(JSONValue.string)
        members["subject"] = subject.map {
            [
                "mediaType": .string(RegistryManifest.manifestType), "digest": .string($0),
                "size": .integer(2),
            ]
        }
        return .object(members)
    }

    static func digest(_ bytes: [UInt8]) -> String { "sha256:" + Digest(of: bytes).hex }

    static func digest(_ manifest: JSONValue) -> String { digest(manifest.text()) }
}

extension SandboxAnswer {
    /// The code of the first error of a registry.
    var registryError: String? {
        try? json.required("errors").elements.first?.required("code").string
    }

    /// The digests of an index.
    var digests: [String] {
        get throws {
            try json.required("manifests").elements.map { try $0.required("digest").string }
        }
    }
}
