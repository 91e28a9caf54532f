import COpenSSL

/// What a key file may ask for before it opens: about a second, not hours.
enum PasswordCost {
    private static let maximumIterations: Int64 = 10_000_000
    /// Of scrypt, N × r × p (RFC 7914 §2).
    private static let maximumBlocks: UInt64 = 1 << 22

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
            1...maximumIterations ~= iterations
        else {
            throw .unsupported("encrypted private key", found: "more than 10 million iterations")
        }
    }

    private static func requireScrypt(
        _ derivation: UnsafePointer<X509_ALGOR>?
    ) throws(CryptoError) {
        let parameters = try Handle(
            der: parameters(of: derivation, NID_id_scrypt), "scrypt parameters",
            by: d2i_SCRYPT_PARAMS, freedBy: SCRYPT_PARAMS_free)
        let numbers = parameters.pointer.pointee
        var blocks: UInt64 = 1
        for number in [
            numbers.costParameter, numbers.blockSize, numbers.parallelizationParameter,
        ] {
            var factor: UInt64 = 0
            guard ASN1_INTEGER_get_uint64(&factor, number) == 1,
                case let product = blocks.multipliedReportingOverflow(by: factor),
                !product.overflow, 1...maximumBlocks ~= product.partialValue
            else {
                throw .unsupported("encrypted private key", found: "scrypt with a cost too high")
            }
            blocks = product.partialValue
        }
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
