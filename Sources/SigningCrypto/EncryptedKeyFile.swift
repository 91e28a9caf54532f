import COpenSSL
import JSON

/// Sigstore's own form of an encrypted private key: JSON with scrypt (RFC 7914) over the password,
/// and a secretbox around the key in PKCS#8.
package struct EncryptedKeyFile: Equatable, Sendable {
    /// The label of its PEM block.
    package static let label = "ENCRYPTED SIGSTORE PRIVATE KEY"
    /// What the label was in cosign's first versions.
    package static let oldLabel = "ENCRYPTED COSIGN PRIVATE KEY"
    /// The values of scrypt's N that key files have; with r = 8 and p = 1, always.
    private static let costs = [32768, 65536, 131_072]
    private static let derivation = "scrypt"
    private static let cipher = "nacl/secretbox"

    /// scrypt's N.
    private let cost: Int
    private let salt: [UInt8]
    private let nonce: [UInt8]
    private let ciphertext: [UInt8]

    package init(json: [UInt8]) throws(CryptoError) {
        let isScrypt: Bool
        let isSecretBox: Bool
        do throws(JSONError) {
            let file = try JSONNode(parsing: json)
            let derivation = try file.required("kdf")
            let parameters = try derivation.required("params")
            let cipher = try file.required("cipher")
            let name = try derivation.required("name").string
            let (r, p) = try (parameters.required("r").integer, parameters.required("p").integer)
            isScrypt = name == Self.derivation && r == 8 && p == 1
            isSecretBox = try cipher.required("name").string == Self.cipher
            cost = Int(try parameters.required("N").integer)
            salt = try derivation.required("salt").bytes
            nonce = try cipher.required("nonce").bytes
            ciphertext = try file.required("ciphertext").bytes
        } catch {
            // What the reader says is not repeated: it may quote the file.
            throw .malformed("encrypted private key", reason: "its JSON does not hold one")
        }
        guard isScrypt, Self.costs.contains(cost) else {
            throw .unsupported(
                "encrypted private key",
                found: "not scrypt with N of 32768, 65536 or 131072, r 8 and p 1")
        }
        guard isSecretBox else {
            throw .unsupported("encrypted private key", found: "not a secretbox of NaCl")
        }
    }

    /// Encrypts bytes, which are a key in PKCS#8, with a fresh salt and nonce.
    package init(sealing plaintext: [UInt8], password: [UInt8]) throws(CryptoError) {
        cost = 65536
        salt = try randomBytes(32)
        nonce = try randomBytes(SecretBox.nonceCount)
        var key = try Self.derivedKey(password: password, salt: salt, cost: cost)
        defer { cleanse(&key) }
        ciphertext = try SecretBox(key: key, nonce: nonce).seal(plaintext)
    }

    /// The bytes inside, which are a key in PKCS#8.
    package func opened(by password: [UInt8]) throws(CryptoError) -> [UInt8] {
        var key = try Self.derivedKey(password: password, salt: salt, cost: cost)
        defer { cleanse(&key) }
        return try SecretBox(key: key, nonce: nonce).open(ciphertext)
    }

    package var pem: String {
        let content: JSONValue = [
            "kdf": [
                "name": .string(Self.derivation),
                "params": ["N": .integer(Int64(cost)), "r": .integer(8), "p": .integer(1)],
                "salt": .string(salt.base64),
            ],
            "cipher": ["name": .string(Self.cipher), "nonce": .string(nonce.base64)],
            "ciphertext": .string(ciphertext.base64),
        ]
        return PEMBlock(label: Self.label, bytes: content.text()).text
    }

    private static func derivedKey(
        password: [UInt8], salt: [UInt8], cost: Int
    ) throws(CryptoError) -> [UInt8] {
        // N = 131072 takes 128 MiB.
        let memoryLimit: UInt64 = 256 << 20
        var key = [UInt8](repeating: 0, count: SecretBox.keyCount)
        let status = password.withUnsafeBytes {
            EVP_PBE_scrypt(
                $0.bindMemory(to: CChar.self).baseAddress, $0.count, salt, salt.count,
                UInt64(cost), 8, 1, memoryLimit, &key, key.count)
        }
        guard status == 1 else { throw .failed("use the password", reason: drainedErrors()) }
        return key
    }
}
