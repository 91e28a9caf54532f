import Console
import POSIX
import SigningCrypto

/// Where a private key is.
enum KeyReference {
    case file(String)
    case variable(String)

    private static let sizeLimit = 64 << 10

    /// - Parameter word: A path, or `env://NAME`.
    /// - Throws: `UsageError` for another scheme: keys that stay in a service are not supported.
    init(_ word: String) throws {
        let parts = word.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts.count, parts[0]) {
        case (1, _): self = .file(word)
        case (_, "env"): self = .variable(String(parts[1]))
        default:
            throw UsageError(
                "--key '\(parts[0])://…': keys of that kind are not supported; give a file, or "
                    + "env://NAME for a key in a variable")
        }
    }

    /// Reads the key, and asks for its password if it has one.
    /// - Throws: `UsageError` that shows nothing of it.
    func key(_ password: Password) throws -> PrivateKey {
        let (text, name) = try content()
        do {
            return try PrivateKey(pem: text, password: { try password.read() })
        } catch let error as CryptoError {
            throw UsageError("--key \(name): \(error)")
        }
    }

    private func content() throws -> (text: String, name: String) {
        switch self {
        case .file(let path):
            let file = try InputFile(path)
            let content = try file.content(limit: Self.sizeLimit)
            return (String(decoding: content, as: UTF8.self), file.name)
        case .variable(let name):
            guard let text = environmentVariable(name) else {
                throw UsageError("--key 'env://\(name)': the variable is not set")
            }
            return (text, "'env://\(name)'")
        }
    }
}
