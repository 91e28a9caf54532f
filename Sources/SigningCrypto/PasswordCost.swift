import COpenSSL

/// What a key file may ask for before it opens: seconds, not hours.
enum PasswordCost {
    /// Of PBKDF2, by any hash. SHA-256 takes 0.3 s for a million of them, SHA-512 0.7 s, SHA-1 twice 0.7 s.
    private static let maximumIterations: Int64 = 2_000_000
    /// Of scrypt, N × r × p (RFC 7914 §2): 0.4 s for a million.
    private static let maximumBlocks: UInt64 = 1 << 22
    /// Of scrypt, in bytes: what OpenSSL allows for a key file.
    private static let maximumMemory: UInt64 = 32 << 20

    /// Refuses an EncryptedPrivateKeyInfo that is not PBES2, or takes too long to open.
    static func require(of encrypted: OpaquePointer) throws(CryptoError) {
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_SIG_get0(encrypted, &algorithm, nil)
        let parameters = try Handle(
            der: parameters(of: algorithm, NID_pbes2), "PBES2 parameters",
            by: d2i_PBE2PARAM, freedBy: PBE2PARAM_free)
        let derivation = UnsafePointer(parameters.pointer.pointee.keyfunc)
        if derivation.map({ OBJ_obj2nid($0.pointee.algorithm) }) == NID_id_scrypt {
            try requireScrypt(derivation)
        } else {
            try requireIterations(derivation)
        }
    }

    private static func requireIterations(
        _ derivation: UnsafePointer<X509_ALGOR>?
    ) throws(CryptoError) {
        let parameters = try Handle(
            der: parameters(of: derivation, NID_id_pbkdf2), "PBKDF2 parameters",
            by: d2i_PBKDF2PARAM, freedBy: PBKDF2PARAM_free)
        var iterations: Int64 = 0
        guard ASN1_INTEGER_get_int64(&iterations, parameters.pointer.pointee.iter) == 1,
            iterations <= maximumIterations
        else {
            throw .unsupported("encrypted private key", found: "more than 2 million iterations")
        }
        guard iterations > 0 else {
            throw .malformed("encrypted private key", reason: "PBKDF2 without an iteration")
        }
    }

    private static func requireScrypt(
        _ derivation: UnsafePointer<X509_ALGOR>?
    ) throws(CryptoError) {
        let parameters = try Handle(
            der: parameters(of: derivation, NID_id_scrypt), "scrypt parameters",
            by: d2i_SCRYPT_PARAMS, freedBy: SCRYPT_PARAMS_free)
        let numbers = parameters.pointer.pointee
        let cost = try number(numbers.costParameter)
        let blockSize = try number(numbers.blockSize)
        let parallelization = try number(numbers.parallelizationParameter)
        guard cost > 1, cost & (cost - 1) == 0, blockSize > 0, parallelization > 0 else {
            throw .malformed(
                "encrypted private key", reason: "scrypt with N, r or p that it has not")
        }
        guard cost * blockSize * parallelization <= maximumBlocks else {
            throw .unsupported("encrypted private key", found: "scrypt with N × r × p above 2^22")
        }
        // RFC 7914 §5, §6: the vector V, the blocks B, and two blocks to work in.
        guard 128 * blockSize * (cost + parallelization + 2) <= maximumMemory else {
            throw .unsupported("encrypted private key", found: "scrypt that takes more than 32 MiB")
        }
    }

    /// A parameter of scrypt, of which the product of three does not overflow.
    private static func number(
        _ integer: UnsafePointer<ASN1_INTEGER>?
    ) throws(CryptoError) -> UInt64 {
        var number: UInt64 = 0
        guard ASN1_INTEGER_get_uint64(&number, integer) == 1, number < 1 << 21 else {
            throw .unsupported("encrypted private key", found: "scrypt with N, r or p from 2^21 on")
        }
        return number
    }

    /// The parameters of an algorithm in DER; an error when it is another algorithm.
    private static func parameters(
        of algorithm: UnsafePointer<X509_ALGOR>?, _ expected: Int32
    ) throws(CryptoError) -> [UInt8] {
        var identifier: OpaquePointer?
        var type: Int32 = 0
        var value: UnsafeRawPointer?
        X509_ALGOR_get0(&identifier, &type, &value, algorithm)
        guard OBJ_obj2nid(identifier) == expected, type == V_ASN1_SEQUENCE else {
            throw .unsupported(
                "encrypted private key", found: "algorithm \(ObjectIdentifier.text(identifier))")
        }
        return bytes(of: value?.assumingMemoryBound(to: ASN1_STRING.self))
    }
}
