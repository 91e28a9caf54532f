import Console
import Glibc
import SigningCrypto

/// Where a key is: the value of `--key`, of which no message shows anything but a scheme that is known.
enum KeyReference {
    case file(String)
    case variable(String)
    /// http or https.
    case address(String)

    /// The longest file that is read: 64 KiB.
    static let sizeLimit = 64 << 10
    /// Of keys that stay in a service or on a device.
    private static let services = [
        "awskms", "azurekms", "gcpkms", "hashivault", "openbao", "k8s", "gitlab", "github",
        "pkcs11",
    ]

    /// - Parameter word: A path, `env://NAME`, or an address.
    /// - Throws: `UsageError` for another scheme: keys that stay in a service are not supported.
    init(_ word: String) throws {
        guard !word.contains("-----BEGIN"), !word.contains("\n") else {
            throw UsageError(
                "--key: the value looks like a key itself, and everybody sees the words of a command; "
                    + "give the name of a file, or env://NAME for a key in a variable")
        }
        let colon = word.firstIndex(of: ":") ?? word.endIndex
        let (scheme, rest) = (String(word[..<colon]), word[colon...])
        if Self.services.contains(scheme), rest.hasPrefix("://") || scheme == "pkcs11" {
            throw UsageError(
                "--key: keys of the kind \(scheme): are not supported; give a file, or env://NAME for "
                    + "a key in a variable")
        }
        guard rest.hasPrefix("://") else {
            self = .file(word)
            return
        }
        switch scheme {
        case "env": self = .variable(try Self.name(String(rest.dropFirst(3))))
        case "http", "https": self = .address(word)
        case "file": throw UsageError("--key: give the path alone, without file://")
        default:
            throw UsageError(
                "--key: the value has a scheme that is not known; give a file, or env://NAME for a key "
                    + "in a variable")
        }
    }

    /// POSIX.1-2024, XBD 8.1: what a shell can set.
    private static func name(_ text: String) throws -> String {
        let isName = text.unicodeScalars.allSatisfy {
            $0 == "_"
                || $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        guard isName, !text.isEmpty, !mayBeSecret(text) else {
            throw UsageError("--key: env:// takes the name of a variable that holds the key")
        }
        return text
    }

    /// Reads the private key, and asks for its password if it has one.
    /// - Throws: `UsageError` that shows nothing of it.
    func key(_ password: Password) throws -> PrivateKey {
        if case .address = self {
            throw UsageError(
                "--key: a private key is not fetched over a network; give a file, or env://NAME for "
                    + "one in a variable")
        }
        var content = try content()
        defer { cleanse(&content) }
        do {
            var text = try KeyText(content)
            defer { text.wipe() }
            return try password.opening { password in
                try PrivateKey(pem: text.pem, password: password)
            }
        } catch let error as CryptoError {
            throw unusable(error)
        }
    }

    /// Reads the public key.
    /// - Parameter fetch: Gets what is at an address.
    /// - Throws: `UsageError`, and what `fetch` throws.
    func publicKey(fetch: (String) throws -> [UInt8]) throws -> PublicKey {
        let content = if case .address(let url) = self { try fetch(url) } else { try content() }
        do {
            return try PublicKey(pem: KeyText(content).pem)
        } catch {
            throw unusable(error)
        }
    }

    private func unusable(_ error: CryptoError) -> UsageError {
        let place =
            switch self {
            case .file: "the file"
            case .variable: "the variable"
            case .address: "the answer"
            }
        return UsageError("--key: \(place) has no usable key: \(error)")
    }

    private func content() throws -> [UInt8] {
        switch self {
        case .file(let path):
            return try InputFile(path, as: "the file of --key").content(limit: Self.sizeLimit)
        case .variable(let name):
            guard let value = takeVariable(name), !value.isEmpty else {
                throw UsageError("--key: the variable behind env:// is not set, or is empty")
            }
            if InputFile.exists(String(decoding: value, as: UTF8.self)) {
                throw UsageError(
                    "--key: the variable behind env:// holds the name of a file, not a key; give that "
                        + "name without env://")
            }
            return value
        case .address:
            return []
        }
    }
}

/// The value of a variable, which is overwritten: neither the programs that are started, nor who reads
/// `/proc` later, find it there.
func takeVariable(_ name: String) -> [UInt8]? {
    guard let value = getenv(name) else { return nil }
    let count = strlen(value)
    let bytes = Array(UnsafeRawBufferPointer(start: value, count: count))
    memset(value, 0, count)
    return bytes
}
