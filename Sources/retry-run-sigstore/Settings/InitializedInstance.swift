import Console
import JSON
import OperatingSystem
import Sigstore

/// The instance that cosign would use: of `TUF_MIRROR`, else of `cosign initialize` on this machine.
///
/// Source: cosign, pkg/cosign/tuf.go: the folder `TUF_ROOT`, else `~/.sigstore/root`, holds the mirror's
/// address in `remote.json`, and below a name that is made of the address its `root.json`.
struct InitializedInstance {
    var environment = environmentVariable

    private static let sizeLimit = 1 << 20

    /// Nil where nothing says another one than the public-good instance.
    /// - Throws: `UsageError` where something does, and cannot be followed.
    func instance() throws -> Instance? {
        guard let (mirror, source) = try mirror() else { return nil }
        let address = mirror.hasSuffix("/") ? String(mirror.dropLast()) : mirror
        if address == Instance.publicGood.name { return nil }
        guard address.hasPrefix("https://") || address.hasPrefix("http://") else {
            throw UsageError(
                "\(source) is not an http address, and other mirrors are not read; give the trust in files: "
                    + "--trusted-root FILE or --trust-config FILE")
        }
        if address == Instance.staging.name { return .staging }
        let root = try root(of: mirror, source)
        do {
            return try Instance(repository: address, root: root)
        } catch {
            throw UsageError("\(source) cannot be used: \(error)")
        }
    }

    private func mirror() throws -> (address: String, source: String)? {
        if let mirror = value("TUF_MIRROR") { return (mirror, "TUF_MIRROR") }
        guard let folder, InputFile.exists("\(folder)/remote.json") else { return nil }
        let file = "\(folder)/remote.json"
        let source = "the mirror that cosign initialize has set, in \(quoted(file)),"
        let json = try InputFile(file).content(limit: Self.sizeLimit)
        guard let node = try? JSONNode(parsing: json),
            let mirror = try? node.required("mirror").string
        else {
            throw UsageError(
                "\(source) cannot be read; run cosign initialize again, remove the file, or name the "
                    + "instance with --tuf-url, --trusted-root or --trust-config")
        }
        return mirror.isEmpty ? nil : (mirror, source)
    }

    private func root(of mirror: String, _ source: String) throws -> [UInt8] {
        if let file = value("TUF_ROOT_JSON") {
            return try InputFile(file, as: "the file of TUF_ROOT_JSON").content(
                limit: Self.sizeLimit)
        }
        guard let folder, case let file = "\(folder)/\(Self.name(of: mirror))/root.json",
            InputFile.exists(file)
        else {
            throw UsageError(
                "\(source) has no root to begin with; set TUF_ROOT_JSON, or run cosign initialize")
        }
        return try InputFile(file).content(limit: Self.sizeLimit)
    }

    private var folder: String? {
        value("TUF_ROOT") ?? value("HOME").map { "\($0)/.sigstore/root" }
    }

    private func value(_ name: String) -> String? {
        environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The folder's name for an address, as sigstore-go makes it.
    private static func name(of mirror: String) -> String {
        let scheme = mirror.hasPrefix("https://") ? "https://" : "http://"
        return mirror.dropFirst(scheme.count).replacing("/", with: "-").replacing(":", with: "-")
            .lowercased()
    }
}
