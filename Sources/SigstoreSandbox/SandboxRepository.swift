import FoundationEssentials
import JSON
import SigningCrypto
import Synchronization

/// A TUF repository of the sandbox's trust, with one key for all roles.
///
/// Source: The Update Framework specification 1.0.31, §4.
final class SandboxRepository: SandboxService {
    private let key: PrivateKey
    private let clock: SandboxClock
    /// By path.
    private let files = Mutex<[String: [UInt8]]>([:])

    init(clock: SandboxClock) throws {
        key = try PrivateKey.generate(.ed25519)
        self.clock = clock
    }

    /// The metadata that clients begin with.
    var root: [UInt8] { files.withLock { $0["/1.root.json"] ?? [] } }

    /// Makes everything that the repository has.
    func publish(_ targets: [String: [UInt8]]) throws {
        var files: [String: [UInt8]] = [:]
        var listed: [String: JSONValue] = [:]
        for (name, content) in targets {
            let digest = Digest(of: content).hex
            files["/targets/\(digest).\(name)"] = content
            listed[name] = [
                "length": .integer(Int64(content.count)), "hashes": ["sha256": .string(digest)],
            ]
        }
        let role: JSONValue = ["keyids": [.string(keyID)], "threshold": .integer(1)]
        let roles = ["root", "timestamp", "snapshot", "targets"].map { ($0, role) }
        let first: JSONValue = ["version": .integer(1)]
        files["/1.root.json"] = try metadata(
            "root",
            [
                "consistent_snapshot": .bool(true), "keys": .object([keyID: publicKey]),
                "roles": .object(Dictionary(uniqueKeysWithValues: roles)),
            ])
        files["/1.targets.json"] = try metadata("targets", ["targets": .object(listed)])
        files["/1.snapshot.json"] = try metadata(
            "snapshot", ["meta": ["targets.json": first]])
        files["/timestamp.json"] = try metadata(
            "timestamp", ["meta": ["snapshot.json": first]])
        self.files.withLock { [files] in $0 = files }
    }

    func call(of request: SandboxRequest) -> String? {
        guard request.method == "GET" else { return nil }
        return request.path.hasPrefix("/targets/") ? "target" : "metadata"
    }

    func answer(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard var file = files.withLock({ $0[request.path] }) else {
            throw Refusal(404, "no file '\(request.path)'")
        }
        if fault == .wrong {
            // The last digit of a signature, or anything in a target.
            let end = call == "metadata" ? file.lastIndex(of: UInt8(ascii: "\"")) : nil
            let place = (end ?? file.count) - 1
            file[place] = file[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        }
        return SandboxAnswer(type: "application/json", body: file)
    }

    private var publicKey: JSONValue {
        let bytes = key.publicKey.subjectPublicKeyInfo.suffix(32)
        return [
            "keytype": .string("ed25519"), "scheme": .string("ed25519"),
            "keyval": ["public": .string(Array(bytes).hex)],
        ]
    }

    /// §4.2: the digest of the key in canonical form, which compact JSON without escapes is.
    private var keyID: String { Digest(of: publicKey.text()).hex }

    private func metadata(
        _ type: String, _ content: [String: JSONValue]
    ) throws -> [UInt8] {
        var signed = content
        signed["_type"] = .string(type)
        signed["spec_version"] = .string("1.0.31")
        signed["version"] = .integer(1)
        signed["expires"] = .string(clock.second.addingTimeInterval(365 * 86400).timestampText)
        let signature = try key.sign(message: JSONValue.object(signed).text(), scheme: .ed25519)
        let document: JSONValue = [
            "signatures": [["keyid": .string(keyID), "sig": .string(signature.hex)]],
            "signed": .object(signed),
        ]
        return document.text()
    }
}
