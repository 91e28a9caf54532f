import COpenSSL

extension PrivateKey {
    /// The first private key in a PEM text.
    ///
    /// Read are PKCS#8, plain (`PRIVATE KEY`) and encrypted by PBES2 (`ENCRYPTED PRIVATE KEY`),
    /// `EC PRIVATE KEY`, `RSA PRIVATE KEY`, and Sigstore's own encrypted form with its old name
    /// too. `password` is asked for encrypted keys only, once.
    package convenience init(pem: String, password: () throws -> [UInt8]) throws {
        var blocks = try PEMBlock.blocks(in: pem)
        defer { for index in blocks.indices { blocks[index].wipe() } }
        for block in blocks.indices {
            switch blocks[block].label {
            case "PRIVATE KEY":
                try self.init(pkcs8: blocks[block].bytes)
            case "EC PRIVATE KEY":
                try self.init(Self.decoded(blocks[block].bytes, EVP_PKEY_EC))
            case "RSA PRIVATE KEY":
                try self.init(Self.decoded(blocks[block].bytes, EVP_PKEY_RSA))
            case "ENCRYPTED PRIVATE KEY":
                try self.init(encryptedPKCS8: blocks[block].bytes, password: password())
            case EncryptedKeyFile.label, EncryptedKeyFile.oldLabel:
                var pkcs8 = try EncryptedKeyFile(json: blocks[block].bytes).opened(by: password())
                defer { cleanse(&pkcs8) }
                try self.init(pkcs8: pkcs8)
            default:
                continue
            }
            return
        }
        let way =
            blocks.contains { $0.label == "OPENSSH PRIVATE KEY" }
            ? "; ssh-keygen -p -m PKCS8 -f FILE changes that" : ""
        throw CryptoError.malformed(
            "private key", reason: blocks.first.map { "it is \($0.kind)\(way)" } ?? "it is not PEM")
    }

    /// A PrivateKeyInfo in DER (RFC 5958 §2).
    package convenience init(pkcs8: [UInt8]) throws(CryptoError) {
        let information = try Handle(
            der: pkcs8, "private key", by: d2i_PKCS8_PRIV_KEY_INFO,
            freedBy: PKCS8_PRIV_KEY_INFO_free)
        try self.init(Self.key(in: information.pointer))
    }

    /// An EncryptedPrivateKeyInfo in DER (RFC 5958 §3), encrypted by PBES2 (RFC 8018 §6.2).
    private convenience init(encryptedPKCS8: [UInt8], password: [UInt8]) throws(CryptoError) {
        let encrypted = try Handle(
            der: encryptedPKCS8, "encrypted private key", by: d2i_X509_SIG, freedBy: X509_SIG_free)
        try PasswordCost.require(of: encrypted.pointer)
        let opened = password.withUnsafeBytes {
            PKCS8_decrypt(
                encrypted.pointer, $0.bindMemory(to: CChar.self).baseAddress,
                Int32(clamping: $0.count))
        }
        ERR_clear_error()
        guard let opened else { throw .wrongPassword }
        let information = try Handle(opened, freedBy: PKCS8_PRIV_KEY_INFO_free)
        try self.init(Self.key(in: information.pointer))
    }

    private static func key(
        in information: OpaquePointer
    ) throws(CryptoError) -> Handle<OpaquePointer> {
        guard let key = EVP_PKCS82PKEY(information) else {
            throw .malformed("private key", reason: drainedErrors())
        }
        return try Handle(key, freedBy: EVP_PKEY_free)
    }

    private static func decoded(
        _ bytes: [UInt8], _ type: Int32
    ) throws(CryptoError) -> Handle<OpaquePointer> {
        try Handle(
            der: bytes, "private key", by: { d2i_PrivateKey(type, $0, $1, $2) },
            freedBy: EVP_PKEY_free)
    }

    /// PrivateKeyInfo in DER: the key in the clear.
    package var pkcs8: [UInt8] {
        get throws(CryptoError) {
            let information = try Handle(
                handle.use { EVP_PKEY2PKCS8($0) }, freedBy: PKCS8_PRIV_KEY_INFO_free)
            return try encoded { i2d_PKCS8_PRIV_KEY_INFO(information.pointer, $0) }
        }
    }

    /// PKCS#8 in PEM: the key in the clear.
    package var pem: String {
        get throws(CryptoError) {
            PEMBlock(label: "PRIVATE KEY", bytes: try pkcs8).text
        }
    }
}

/// Overwrites what must not stay in memory.
package func cleanse(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
}

/// Bytes that nobody can foresee.
package func randomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, Int32(clamping: count)) == 1 else {
        throw .failed("make random bytes", reason: drainedErrors())
    }
    return bytes
}
