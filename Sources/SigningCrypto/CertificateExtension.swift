import COpenSSL

/// One extension of a certificate (RFC 5280 §4.2).
struct CertificateExtension: Sendable {
    let isCritical: Bool
    let value: [UInt8]

    /// The extensions by object identifier.
    ///
    /// RFC 5280 §4.2: a certificate holds no extension twice.
    static func all(
        of certificate: OpaquePointer
    ) throws(CryptoError) -> [String: CertificateExtension] {
        var extensions: [String: CertificateExtension] = [:]
        for index in 0..<max(0, X509_get_ext_count(certificate)) {
            let element = X509_get_ext(certificate, index)
            let identifier = ObjectIdentifier.text(X509_EXTENSION_get_object(element))
            let previous = extensions.updateValue(
                CertificateExtension(
                    isCritical: X509_EXTENSION_get_critical(element) != 0,
                    value: bytes(of: X509_EXTENSION_get_data(element))),
                forKey: identifier)
            guard previous == nil else {
                throw .malformed("certificate", reason: "duplicate extension \(identifier)")
            }
        }
        return extensions
    }
}

extension Certificate {
    /// The value of the extension with that object identifier; nil when there is none.
    package func extensionValue(_ identifier: String) -> [UInt8]? {
        extensions[identifier]?.value
    }

    /// The text of an extension that is a UTF8String in DER; nil when there is none.
    package func utf8ExtensionValue(_ identifier: String) throws(CryptoError) -> String? {
        guard let value = extensionValue(identifier) else { return nil }
        let what = "extension \(identifier)"
        let string = try Handle(
            der: value, what, by: d2i_ASN1_UTF8STRING, freedBy: ASN1_UTF8STRING_free)
        guard
            try encoded(by: { i2d_ASN1_UTF8STRING(string.pointer, $0) }) == value,
            let text = String(validating: bytes(of: string.pointer), as: UTF8.self)
        else { throw .malformed(what, reason: "it is not a UTF8String in DER") }
        return text
    }
}
