import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

/// Speaks to a sandbox without a network, as a signer would.
struct SandboxClient {
    let sandbox: Sandbox
    let key: PrivateKey

    init(_ faults: String...) throws {
        try self.init(faults: faults)
    }

    init(
        doubling doubled: ServiceName..., faults: [String] = [], hasAlias: Bool = false,
        bodyLimits: [BodyLimit] = [], clock: SandboxClock = SandboxClock(),
        checkpointInterval: Duration = .zero
    ) throws {
        var settings = SandboxSettings()
        settings.doubled = Set(doubled)
        settings.hasAlias = hasAlias
        settings.bodyLimits = bodyLimits
        settings.checkpointInterval = checkpointInterval
        let ports = Dictionary(
            uniqueKeysWithValues: settings.services.enumerated().map { ($1, $0 + 1) })
        sandbox = try Sandbox(
            addresses: SandboxAddresses(ports: ports), clock: clock,
            faults: faults.map { try FaultPlan($0) }, settings: settings)
        key = try PrivateKey.generate()
    }

    func get(
        _ target: String, to service: ServiceName, headers: [String: String] = [:]
    ) throws -> SandboxAnswer {
        try send(SandboxRequest(method: "GET", target: target, headers: headers), to: service)
    }

    func post(
        _ target: String, to service: ServiceName, headers: [String: String] = [:],
        body: [UInt8] = []
    ) throws -> SandboxAnswer {
        try send(
            SandboxRequest(method: "POST", target: target, headers: headers, body: body),
            to: service)
    }

    /// The answer to a request, where one is given.
    private func send(_ request: SandboxRequest, to service: ServiceName) throws -> SandboxAnswer {
        guard case .answer(let answer) = sandbox.deliver(request, to: service) else {
            throw NoAnswer()
        }
        return answer
    }

    struct NoAnswer: Error {}

    /// Asks Fulcio for a certificate by a certificate signing request.
    func certificate(token: String) throws -> SandboxAnswer {
        let request = try CertificateSigningRequest(key: key)
        let body: JSONValue = [
            "certificateSigningRequest": .string(Array(request.pem.utf8).base64)
        ]
        return try post(
            "/api/v2/signingCert", to: .fulcio, headers: ["authorization": "Bearer \(token)"],
            body: body.text())
    }

    /// A hashedrekord for Rekor v1, of a signature over that text.
    func recordV1(_ text: String) throws -> JSONValue {
        let digest = Digest(of: Array(text.utf8))
        return [
            "apiVersion": .string("0.0.1"), "kind": .string("hashedrekord"),
            "spec": [
                "data": ["hash": ["algorithm": .string("sha256"), "value": .string(digest.hex)]],
                "signature": [
                    "content": .string(try key.sign(digest, scheme: .ecdsa(.sha256)).base64),
                    "publicKey": ["content": .string(Array(key.publicKey.pem.utf8).base64)],
                ],
            ],
        ]
    }

    /// A hashedrekord for Rekor v2, of a signature over that text.
    func recordV2(_ text: String, details: String = "PKIX_ECDSA_P256_SHA_256") throws -> JSONValue {
        let digest = Digest(of: Array(text.utf8))
        return [
            "hashedRekordRequestV002": [
                "digest": .string(digest.bytes.base64),
                "signature": [
                    "content": .string(try key.sign(digest, scheme: .ecdsa(.sha256)).base64),
                    "verifier": [
                        "publicKey": [
                            "rawBytes": .string(key.publicKey.subjectPublicKeyInfo.base64)
                        ],
                        "keyDetails": .string(details),
                    ],
                ],
            ]
        ]
    }

    func createV1(_ record: JSONValue) throws -> SandboxAnswer {
        try post("/api/v1/log/entries", to: .rekorV1, body: record.text())
    }

    func createV2(_ record: JSONValue) throws -> SandboxAnswer {
        try post("/api/v2/log/entries", to: .rekorV2, body: record.text())
    }
}

extension SandboxAnswer {
    var json: JSONNode {
        get throws { try JSONNode(parsing: body) }
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    var message: String {
        get throws { try json.required("message").string }
    }
}
