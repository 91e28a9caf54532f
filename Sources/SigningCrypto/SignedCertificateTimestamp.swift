import COpenSSL
package import FoundationEssentials

/// A log's promise to include a certificate, version 1 (RFC 6962 §3.2).
package struct SignedCertificateTimestamp: Hashable, Sendable {
    /// SHA-256 of the log's SubjectPublicKeyInfo, 32 bytes.
    package let logID: [UInt8]
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: UInt64
    package let extensions: [UInt8]
    /// RFC 5246 §7.4.1.4.1: 4 is SHA-256.
    package let hashAlgorithm: UInt8
    /// RFC 5246 §7.4.1.4.1: 1 is RSA, 3 is ECDSA.
    package let signatureAlgorithm: UInt8
    package let signature: [UInt8]

    package var timestamp: Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// The list in the value of a certificate's extension: TLS bytes in an OCTET STRING in DER.
    ///
    /// Those of another version are left out: nothing is known of their bytes (RFC 6962 §3.3).
    package static func list(_ extensionValue: [UInt8]) throws(CryptoError) -> [Self] {
        let what = "list of signed certificate timestamps"
        let octets = try Handle(
            der: extensionValue, what, by: d2i_ASN1_OCTET_STRING, freedBy: ASN1_OCTET_STRING_free)
        var outer = ByteReader(bytes(of: octets.pointer))
        guard let elements = outer.vector(), outer.isAtEnd else {
            throw .malformed(what, reason: "its length is not that of its content")
        }
        var list: [Self] = []
        var inner = ByteReader(elements)
        while !inner.isAtEnd {
            guard let element = inner.vector(), let version = element.first else {
                throw .malformed(what, reason: "it ends within an element")
            }
            if version == 0 { list.append(try Self(element)) }
        }
        return list
    }

    /// RFC 6962 §3.2: `SignedCertificateTimestamp`.
    package init(_ bytes: [UInt8]) throws(CryptoError) {
        var reader = ByteReader(bytes)
        guard reader.integer(UInt8.self) == 0,
            let logID = reader.bytes(32),
            let milliseconds = reader.integer(UInt64.self),
            let extensions = reader.vector(),
            let hashAlgorithm = reader.integer(UInt8.self),
            let signatureAlgorithm = reader.integer(UInt8.self),
            let signature = reader.vector(),
            reader.isAtEnd
        else {
            throw .malformed(
                "signed certificate timestamp", reason: "it has too few bytes or too many")
        }
        self.logID = logID
        self.milliseconds = milliseconds
        self.extensions = extensions
        self.hashAlgorithm = hashAlgorithm
        self.signatureAlgorithm = signatureAlgorithm
        self.signature = signature
    }

    /// Whether the log with that key promised to include the certificate that holds this.
    ///
    /// `issuer` is the certificate whose key signed `leaf`. Which key belongs to `logID`, and when
    /// that key was in use, is the caller's to know.
    package func isValid(for leaf: Certificate, issuer: Certificate, key: PublicKey) -> Bool {
        guard let scheme, let message = try? signedBytes(for: leaf, issuer: issuer) else {
            return false
        }
        return key.isValid(signature, ofMessage: message, scheme: scheme)
    }

    /// Whether the log with that key promised to include this very certificate, which then does not
    /// hold the promise itself.
    package func isValid(forWhole leaf: Certificate, key: PublicKey) -> Bool {
        guard let scheme, leaf.der.count < 1 << 24 else { return false }
        let entry = [0, 0] + bigEndian(leaf.der.count, count: 3) + leaf.der
        return key.isValid(signature, ofMessage: signedBytes(for: entry), scheme: scheme)
    }

    /// RFC 6962 §2.1.4: SHA-256, and a key of one of two kinds.
    private var scheme: SignatureScheme? {
        switch (hashAlgorithm, signatureAlgorithm) {
        case (4, 1): .rsaPKCS1(.sha256)
        case (4, 3): .ecdsa(.sha256)
        default: nil
        }
    }

    /// RFC 6962 §3.2: the `digitally-signed` struct for a `precert_entry`.
    private func signedBytes(
        for leaf: Certificate, issuer: Certificate
    ) throws(CryptoError) -> [UInt8] {
        let certificate = try leaf.precertificateTBS()
        guard certificate.count < 1 << 24 else {
            throw .unsupported("certificate", found: "\(certificate.count) bytes")
        }
        return signedBytes(
            for: [0, 1] + Digest(of: issuer.publicKey.subjectPublicKeyInfo).bytes
                + bigEndian(certificate.count, count: 3) + certificate)
    }

    /// RFC 6962 §3.2: the `digitally-signed` struct, given the type of the entry and the entry.
    private func signedBytes(for entry: [UInt8]) -> [UInt8] {
        [0, 0] + bigEndian(milliseconds, count: 8) + entry
            + bigEndian(extensions.count, count: 2) + extensions
    }
}

extension Certificate {
    /// The timestamps in the certificate itself; none when it holds no list.
    package func signedCertificateTimestamps()
        throws(CryptoError) -> [SignedCertificateTimestamp]
    {
        guard let value = extensionValue(ObjectIdentifier.signedCertificateTimestampList) else {
            return []
        }
        return try SignedCertificateTimestamp.list(value)
    }

    /// The TBSCertificate in DER as the logs saw it: without the list of timestamps, and with
    /// everything else in its place (RFC 6962 §3.2).
    package func precertificateTBS() throws(CryptoError) -> [UInt8] {
        // One of its own, as it is changed.
        let certificate = try Handle(
            der: der, "certificate", by: d2i_X509, freedBy: X509_free)
        let index = X509_get_ext_by_NID(certificate.pointer, NID_ct_precert_scts, -1)
        if index >= 0 {
            _ = try Handle(
                X509_delete_ext(certificate.pointer, index), freedBy: X509_EXTENSION_free)
        }
        return try encoded { i2d_re_X509_tbs(certificate.pointer, $0) }
    }
}
