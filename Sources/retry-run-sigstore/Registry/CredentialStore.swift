import Console
import OCI
import OperatingSystem

/// The credentials for registries on this machine: files of Docker and of Podman, and programs that they
/// name. The files are read at the start, a program is asked when a registry wants to know who we are.
struct CredentialStore {
    private let files: [(path: String, content: CredentialFile)]

    /// - Throws: `UsageError` for a file that is there and cannot be read.
    init(environment: (String) -> String? = pathVariable) throws {
        files = try Self.places(environment).compactMap { path in
            guard InputFile.exists(path) else { return nil }
            let text = try InputFile(path).content(limit: CredentialFile.sizeLimit)
            do {
                return (path, try CredentialFile(text))
            } catch {
                throw UsageError("the credentials in \(quoted(path)) cannot be read: \(error)")
            }
        }
    }

    /// Where they may be, the first that has something to say counting.
    private static func places(_ environment: (String) -> String?) -> [String] {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        let home = value("HOME")
        let configuration = value("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
        return [
            (value("DOCKER_CONFIG") ?? home.map { "\($0)/.docker" }).map { "\($0)/config.json" },
            value("REGISTRY_AUTH_FILE"),
            value("XDG_RUNTIME_DIR").map { "\($0)/containers/auth.json" },
            configuration.map { "\($0)/containers/auth.json" },
        ].compactMap { $0 }
    }

    /// Nil where nobody has any.
    func credentials(
        for repository: Repository,
        helper: (_ name: String, _ host: String) throws(CredentialError) -> RegistryCredentials?
    ) throws(RegistryError) -> RegistryCredentials? {
        for (path, content) in files {
            do throws(CredentialError) {
                for finding in try content.findings(for: repository) {
                    switch finding {
                    case .credentials(let found): return found
                    case .helper(let name, let host):
                        if let found = try helper(name, host) { return found }
                    }
                }
            } catch {
                throw .credentials("the credentials in \(quoted(path)) cannot be used: \(error)")
            }
        }
        return nil
    }
}
