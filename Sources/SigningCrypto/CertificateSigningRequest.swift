import COpenSSL

/// The wish for a certificate, signed by the key it is for (RFC 2986).
package struct CertificateSigningRequest: Equatable, Sendable {
    package let der: [UInt8]

    /// A request with an empty subject and no attributes: whom it is for is proved elsewhere.
    package init(key: PrivateKey) throws(CryptoError) {
        let request = try Handle(X509_REQ_new(), freedBy: X509_REQ_free)
        let hash = key.publicKey.defaultScheme.hash
        let status = key.handle.use { pointer in
            guard X509_REQ_set_version(request.pointer, Int(X509_REQ_VERSION_1)) == 1,
                X509_REQ_set_pubkey(request.pointer, pointer) == 1
            else { return Int32(0) }
            return X509_REQ_sign(request.pointer, pointer, hash?.messageDigest)
        }
        guard status > 0 else {
            throw .failed("make a certificate signing request", reason: drainedErrors())
        }
        der = try encoded { i2d_X509_REQ(request.pointer, $0) }
    }

    package var pem: String {
        PEMBlock(label: "CERTIFICATE REQUEST", bytes: der).text
    }
}
