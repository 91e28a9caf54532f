import COpenSSL
package import FoundationEssentials

/// An X.509 certificate (RFC 5280); equal to another when its DER is.
///
/// A value: everything is read when it is made. OpenSSL's own object is kept for paths and signatures.
package struct Certificate: Sendable {
    package let der: [UInt8]
    package let publicKey: PublicKey
    package let notBefore: Date
    package let notAfter: Date
    /// The magnitude of the number, without zeros before it.
    package let serialNumber: [UInt8]
    /// In one line and in ASCII, for messages (RFC 2253).
    package let subject: String
    package let issuer: String
    package let subjectDER: [UInt8]
    package let issuerDER: [UInt8]
    /// By object identifier; there is never a second of the same.
    let extensions: [String: CertificateExtension]
    package let subjectAlternativeNames: [SubjectAlternativeName]
    /// Whether the basic constraints say so (RFC 5280 §4.2.1.9).
    package let isCertificateAuthority: Bool
    /// The allowed uses of the key; nil when the certificate names none, which allows all.
    let keyUsage: UInt32?
    /// Object identifiers; empty when the certificate does not restrict its purpose.
    package let extendedKeyUsages: [String]
    private let object: SharedObject

    /// A certificate in DER without a byte more.
    ///
    /// One with an extension that is broken, or is there twice, is refused.
    package init(der: [UInt8]) throws(CryptoError) {
        let certificate = try Handle(
            der: der, "certificate", by: d2i_X509, freedBy: X509_free)
        try self.init(certificate.pointer, der)
    }

    /// What OpenSSL has read already.
    init(_ pointer: OpaquePointer) throws(CryptoError) {
        try self.init(pointer, encoded { i2d_X509(pointer, $0) })
    }

    private init(_ pointer: OpaquePointer, _ der: [UInt8]) throws(CryptoError) {
        self.der = der
        object = try SharedObject(pointer, retainedBy: X509_up_ref, freedBy: X509_free)
        guard let information = X509_get_X509_PUBKEY(pointer) else {
            throw .malformed("certificate", reason: drainedErrors())
        }
        publicKey = try PublicKey(information: information)
        notBefore = try Date(certificateTime: X509_get0_notBefore(pointer))
        notAfter = try Date(certificateTime: X509_get0_notAfter(pointer))
        serialNumber = bytes(of: X509_get0_serialNumber(pointer))
        subject = try distinguishedName(X509_get_subject_name(pointer))
        issuer = try distinguishedName(X509_get_issuer_name(pointer))
        subjectDER = try encoded { i2d_X509_NAME(X509_get_subject_name(pointer), $0) }
        issuerDER = try encoded { i2d_X509_NAME(X509_get_issuer_name(pointer), $0) }
        extensions = try CertificateExtension.all(of: pointer)

        let flags = X509_get_extension_flags(pointer)
        guard flags & UInt32(EXFLAG_INVALID) == 0 else {
            throw .malformed("certificate", reason: "an extension is invalid: \(drainedErrors())")
        }
        isCertificateAuthority = flags & UInt32(EXFLAG_CA) != 0
        keyUsage = flags & UInt32(EXFLAG_KUSAGE) != 0 ? X509_get_key_usage(pointer) : nil
        subjectAlternativeNames = try SubjectAlternativeName.all(
            extensionValue: extensions[ObjectIdentifier.subjectAlternativeName]?.value)
        extendedKeyUsages = try ObjectIdentifier.list(
            extensionValue: extensions[ObjectIdentifier.extendedKeyUsage]?.value)
    }

    /// The one `CERTIFICATE` block of a PEM text.
    package init(pem: String) throws(CryptoError) {
        let certificates = try Self.certificates(inPEM: pem)
        guard let certificate = certificates.first, certificates.count == 1 else {
            throw .malformed(
                "certificate", reason: "\(certificates.count) PEM blocks instead of one")
        }
        self = certificate
    }

    /// The `CERTIFICATE` blocks of a PEM text, which holds no others.
    package static func certificates(inPEM pem: String) throws(CryptoError) -> [Certificate] {
        var certificates: [Certificate] = []
        for block in try PEMBlock.blocks(in: pem) {
            guard block.label == "CERTIFICATE" else {
                throw .unsupported("certificate", found: "a PEM block that is \(block.kind)")
            }
            certificates.append(try Certificate(der: block.bytes))
        }
        return certificates
    }

    package var pem: String {
        PEMBlock(label: "CERTIFICATE", bytes: der).text
    }

    /// Whether the time is in the validity period, both ends included (RFC 5280 §4.1.2.5).
    package func isValid(at time: Date) -> Bool {
        // Not by `Date`, for which what is not a number is neither before nor after any time.
        let seconds = time.timeIntervalSinceReferenceDate
        return notBefore.timeIntervalSinceReferenceDate <= seconds
            && seconds <= notAfter.timeIntervalSinceReferenceDate
    }

    package var isSelfIssued: Bool { subjectDER == issuerDER }

    /// Whether the key may sign other things than certificates (RFC 5280 §4.2.1.3).
    package var allowsDigitalSignature: Bool { allows(KU_DIGITAL_SIGNATURE) }

    /// Whether the key may sign certificates (RFC 5280 §4.2.1.3).
    package var allowsCertificateSigning: Bool { allows(KU_KEY_CERT_SIGN) }

    private func allows(_ use: Int32) -> Bool {
        keyUsage.map { $0 & UInt32(use) != 0 } ?? true
    }

    package var isExtendedKeyUsageCritical: Bool {
        extensions[ObjectIdentifier.extendedKeyUsage]?.isCritical ?? false
    }

    /// What tells this certificate from others in a message: its subject, else its serial number.
    var name: String {
        subject.isEmpty ? "serial number \(serialNumber.hex)" : subject
    }

    /// The certificate as OpenSSL works with it, to be read only.
    func opened() throws(CryptoError) -> Handle<OpaquePointer> { try object.reference() }
}

extension Certificate: Hashable {
    package static func == (left: Certificate, right: Certificate) -> Bool {
        left.der == right.der
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}
