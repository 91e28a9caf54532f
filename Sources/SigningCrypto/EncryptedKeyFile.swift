import COpenSSL
import FoundationEssentials

/// Sigstore's own form of an encrypted private key: JSON with scrypt (RFC 7914) over the password,
/// and a secretbox around the key in PKCS#8.
package struct EncryptedKeyFile: Equatable, Sendable {
    /// The label of its PEM block.
    package static let label = "ENCRYPTED SIGSTORE PRIVATE KEY"
    /// What the label was in cosign's first versions.
    package static let oldLabel = "ENCRYPTED COSIGN PRIVATE KEY"
    /// The values of scrypt's N that key files have; with r = 8 and p = 1, always.
    private static let costs = [32768, 65536, 131_072]

    private let content: Content

    private struct Content: Codable, Equatable {
        struct Derivation: Codable, Equatable {
            struct Parameters: Codable, Equatable {
                let N: Int
                let r: Int
                let p: Int
            }

            let name: String
            let params: Parameters
            let salt: Data
        }

        struct Cipher: Codable, Equatable {
            let name: String
            let nonce: Data
        }

        let kdf: Derivation
        let cipher: Cipher
        let ciphertext: Data
    }

    package init(json: [UInt8]) throws(CryptoError) {
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(json))
        } catch {
            throw .malformed("encrypted private key", reason: "its JSON does not hold one")
        }
        let kdf = content.kdf
        guard kdf.name == "scrypt", Self.costs.contains(kdf.params.N), kdf.params.r == 8,
            kdf.params.p == 1
        else {
            throw .unsupported(
                "encrypted private key",
                found: "\(kdf.name) with N \(kdf.params.N), r \(kdf.params.r), p \(kdf.params.p)")
        }
        guard content.cipher.name == "nacl/secretbox" else {
            throw .unsupported("encrypted private key", found: "cipher \(content.cipher.name)")
        }
    }

    /// Encrypts bytes, which are a key in PKCS#8, with a fresh salt and nonce.
    package init(sealing plaintext: [UInt8], password: [UInt8]) throws(CryptoError) {
        let salt = try randomBytes(32)
        let nonce = try randomBytes(SecretBox.nonceCount)
        let cost = 65536
        var key = try Self.derivedKey(password: password, salt: salt, cost: cost)
        defer { cleanse(&key) }
        content = Content(
            kdf: .init(
                name: "scrypt", params: .init(N: cost, r: 8, p: 1), salt: Data(salt)),
            cipher: .init(name: "nacl/secretbox", nonce: Data(nonce)),
            ciphertext: Data(try SecretBox(key: key, nonce: nonce).seal(plaintext)))
    }

    /// The bytes inside, which are a key in PKCS#8.
    package func opened(by password: [UInt8]) throws(CryptoError) -> [UInt8] {
        var key = try Self.derivedKey(
            password: password, salt: Array(content.kdf.salt), cost: content.kdf.params.N)
        defer { cleanse(&key) }
        return try SecretBox(key: key, nonce: Array(content.cipher.nonce))
            .open(Array(content.ciphertext))
    }

    package var pem: String {
        get throws(CryptoError) {
            guard let json = try? JSONEncoder().encode(content) else {
                throw .failed("write the encrypted key", reason: "it is not JSON")
            }
            return PEMBlock(label: Self.label, bytes: Array(json)).text
        }
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
