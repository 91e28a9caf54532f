import COpenSSL

/// Object identifiers in their dotted form.
enum ObjectIdentifier {
    static let subjectAlternativeName = "2.5.29.17"
    static let extendedKeyUsage = "2.5.29.37"
    static let anyExtendedKeyUsage = "2.5.29.37.0"
    static let timeStamping = "1.3.6.1.5.5.7.3.8"
    static let signedCertificateTimestampList = "1.3.6.1.4.1.11129.2.4.2"

    static func text(_ object: OpaquePointer?) -> String {
        var text = [CChar](repeating: 0, count: 128)
        let length = Int(OBJ_obj2txt(&text, Int32(text.count), object, 1))
        if length >= text.count {
            text = [CChar](repeating: 0, count: length + 1)
            OBJ_obj2txt(&text, Int32(text.count), object, 1)
        }
        guard length > 0 else { return "an unreadable object identifier" }
        return String(decoding: text.prefix(length).map(UInt8.init), as: UTF8.self)
    }

    /// The purposes in an extended key usage extension (RFC 5280 §4.2.1.12); none without it.
    static func list(extensionValue value: [UInt8]?) throws(CryptoError) -> [String] {
        guard let value else { return [] }
        let list = try Handle(
            der: value, "extended key usage", by: d2i_EXTENDED_KEY_USAGE,
            freedBy: EXTENDED_KEY_USAGE_free)
        return (0..<max(0, OPENSSL_sk_num(list.pointer))).map {
            text(OPENSSL_sk_value(list.pointer, $0).map { OpaquePointer($0) })
        }
    }
}
