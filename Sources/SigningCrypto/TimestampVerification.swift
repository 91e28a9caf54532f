import COpenSSL

extension TimestampToken {
    /// Checks that the authority with that chain stamped those bytes.
    ///
    /// `chain` holds the certificate that signs timestamps first, and the trusted one last. A
    /// certificate in the token is neither needed nor believed: the signature must be the chain's
    /// first certificate's own. `nonce` is that of the request, as a big-endian number; without
    /// it, any will do.
    package func verify(
        signature stamped: [UInt8], chain: [Certificate], nonce: [UInt8]? = nil
    ) throws(TimestampError) {
        guard let signer = chain.first, let anchor = chain.last, chain.count > 1 else {
            throw .path(.noPath(subject: chain.first?.name ?? "", reason: "nothing is above it"))
        }
        if let nonce { try requireNonce(nonce) }
        let digest = Digest(of: stamped, using: imprint.algorithm)
        guard digest == imprint else {
            throw .otherImprint(expected: digest.hex, found: imprint.hex)
        }
        do {
            try verifySignature(by: signer, chain: chain)
        } catch let error as TimestampError {
            throw error
        } catch {
            throw .signature(reason: "\(error)")
        }
        try Self.requireTimestamping(signer)
        do {
            let path = try CertificatePath.find(
                leaf: signer, intermediates: chain.dropFirst().dropLast(), anchors: [anchor],
                at: genTime)
            try Self.requireTimestamping(issuers: path.dropFirst())
        } catch let error as CryptoError {
            throw .path(error)
        } catch let error as TimestampError {
            throw error
        } catch {
            throw .malformed(reason: "\(error)")
        }
    }

    private func requireNonce(_ expected: [UInt8]) throws(TimestampError) {
        let expected = Array(expected.drop { $0 == 0 })
        guard let nonce, Array(nonce.drop { $0 == 0 }) == expected else {
            throw .otherNonce(expected: expected.hex, found: nonce?.hex)
        }
    }

    /// RFC 3161 §2.3: the certificate's purpose is timestamping alone, and critically so.
    private static func requireTimestamping(_ signer: Certificate) throws(TimestampError) {
        if signer.isCertificateAuthority {
            throw .unfitSigner(reason: "it is a certificate authority's")
        }
        if signer.extendedKeyUsages != [ObjectIdentifier.timeStamping] {
            throw .unfitSigner(reason: "its purpose is not timestamping alone")
        }
        if !signer.isExtendedKeyUsageCritical {
            throw .unfitSigner(reason: "its purpose is not marked critical")
        }
        if !signer.allowsDigitalSignature {
            throw .unfitSigner(reason: "its key may not sign")
        }
    }

    private static func requireTimestamping(
        issuers: ArraySlice<Certificate>
    ) throws(TimestampError) {
        let allowing = [ObjectIdentifier.timeStamping, ObjectIdentifier.anyExtendedKeyUsage]
        for issuer in issuers where !issuer.extendedKeyUsages.isEmpty {
            if !issuer.extendedKeyUsages.contains(where: allowing.contains) {
                throw .unfitSigner(reason: "its issuer '\(issuer.name)' is not for timestamping")
            }
        }
    }

    /// RFC 5652 §5.4 and §5.6, with one signer as RFC 3161 §2.4.2 has it.
    private func verifySignature(by signer: Certificate, chain: [Certificate]) throws {
        let certificate = try signer.opened()
        try message.use { message in
            let signers = CMS_get0_SignerInfos(message)
            guard OPENSSL_sk_num(signers) == 1, let first = OPENSSL_sk_value(signers, 0) else {
                throw TimestampError.signature(
                    reason: "\(max(0, OPENSSL_sk_num(signers))) signers instead of one")
            }
            let information = OpaquePointer(first)
            try Self.requireSupportedHash(information)
            try Self.requireContentType(information)

            guard CMS_SignerInfo_cert_cmp(information, certificate.pointer) == 0 else {
                throw TimestampError.signature(reason: "another certificate's key has signed it")
            }
            // In the place of one for which it was verified before.
            CMS_SignerInfo_set1_signer_cert(information, certificate.pointer)
            let flags = CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY
            guard CMS_verify(message, nil, nil, nil, nil, UInt32(flags)) == 1 else {
                throw TimestampError.signature(reason: drainedErrors())
            }
            try Self.requireSigningCertificate(information, chain)
        }
    }

    private static func requireSupportedHash(_ information: OpaquePointer) throws(TimestampError) {
        var algorithm: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(information, nil, nil, &algorithm, nil)
        var identifier: OpaquePointer?
        X509_ALGOR_get0(&identifier, nil, nil, algorithm)
        guard HashAlgorithm(identifier: OBJ_obj2nid(identifier)) != nil else {
            throw .unsupportedHash(ObjectIdentifier.text(identifier))
        }
    }

    /// RFC 5652 §11.1: the signature covers the type of what is signed.
    private static func requireContentType(_ information: OpaquePointer) throws(TimestampError) {
        let type = CMS_signed_get0_data_by_OBJ(
            information, OBJ_nid2obj(NID_pkcs9_contentType), onlyOne, V_ASN1_OBJECT)
        guard let type, OBJ_obj2nid(OpaquePointer(type)) == NID_id_smime_ct_TSTInfo else {
            throw .signature(reason: "its signed content type is not TSTInfo")
        }
    }

    /// RFC 5816 §2.2.1: the signature covers the signer's certificate, and it is this one.
    private static func requireSigningCertificate(
        _ information: OpaquePointer, _ chain: [Certificate]
    ) throws {
        let certificates = try stack(of: chain)
        var results: [Int32] = []
        if let value = try attribute(NID_id_smime_aa_signingCertificate, of: information) {
            let first = try Handle(
                der: value, "signingCertificate", by: d2i_ESS_SIGNING_CERT,
                freedBy: ESS_SIGNING_CERT_free)
            results.append(
                OSSL_ESS_check_signing_certs(first.pointer, nil, certificates.pointer, 1))
        }
        if let value = try attribute(NID_id_smime_aa_signingCertificateV2, of: information) {
            let second = try Handle(
                der: value, "signingCertificateV2", by: d2i_ESS_SIGNING_CERT_V2,
                freedBy: ESS_SIGNING_CERT_V2_free)
            results.append(
                OSSL_ESS_check_signing_certs(nil, second.pointer, certificates.pointer, 1))
        }
        guard !results.isEmpty, results.allSatisfy({ $0 == 1 }) else {
            throw TimestampError.signature(
                reason: "it does not cover the signer's certificate: \(drainedErrors())")
        }
    }

    /// The one value of a signed attribute that is a SEQUENCE, in DER; nil without the attribute.
    private static func attribute(
        _ identifier: Int32, of information: OpaquePointer
    ) throws -> [UInt8]? {
        guard CMS_signed_get_attr_by_NID(information, identifier, -1) >= 0 else { return nil }
        let value = CMS_signed_get0_data_by_OBJ(
            information, OBJ_nid2obj(identifier), onlyOne, V_ASN1_SEQUENCE)
        guard let value else {
            throw TimestampError.signature(reason: "a signed attribute has several values")
        }
        return bytes(of: value.assumingMemoryBound(to: ASN1_STRING.self))
    }

    /// OpenSSL's word for an attribute that is there once, with one value.
    private static let onlyOne: Int32 = -3
}
