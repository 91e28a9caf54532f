import COpenSSL

/// A name that a certificate gives its holder (RFC 5280 §4.2.1.6).
package enum SubjectAlternativeName: Hashable, Sendable {
    case email(String)
    case uri(String)
    case dns(String)
    /// A name of a kind that is itself named, its value a UTF8String.
    case otherName(identifier: String, value: String)
    /// Any other kind, or a text that is not what its kind allows.
    case other

    /// The names in a subject alternative name extension; none without it.
    static func all(extensionValue value: [UInt8]?) throws(CryptoError) -> [Self] {
        guard let value else { return [] }
        let names = try Handle(
            der: value, "subject alternative name", by: d2i_GENERAL_NAMES,
            freedBy: GENERAL_NAMES_free)
        return (0..<max(0, OPENSSL_sk_num(names.pointer))).map {
            Self(OPENSSL_sk_value(names.pointer, $0)?.assumingMemoryBound(to: GENERAL_NAME.self))
        }
    }

    private init(_ name: UnsafeMutablePointer<GENERAL_NAME>?) {
        var type: Int32 = -1
        let value = name.flatMap { GENERAL_NAME_get0_value($0, &type) }
        let text = Self.ia5(value?.assumingMemoryBound(to: ASN1_STRING.self), type)
        self =
            switch (type, text) {
            case (GEN_EMAIL, let text?): .email(text)
            case (GEN_URI, let text?): .uri(text)
            case (GEN_DNS, let text?): .dns(text)
            case (GEN_OTHERNAME, _): Self.otherName(in: name) ?? .other
            default: .other
            }
    }

    /// The text of a kind of name that is one: ASCII, and never a NUL that could hide its end.
    private static func ia5(_ string: UnsafePointer<ASN1_STRING>?, _ type: Int32) -> String? {
        guard [GEN_EMAIL, GEN_URI, GEN_DNS].contains(type) else { return nil }
        let content = bytes(of: string)
        guard content.allSatisfy({ 1...0x7F ~= $0 }) else { return nil }
        return String(decoding: content, as: UTF8.self)
    }

    private static func otherName(in name: UnsafeMutablePointer<GENERAL_NAME>?) -> Self? {
        var identifier: OpaquePointer?
        var value: UnsafeMutablePointer<ASN1_TYPE>?
        guard GENERAL_NAME_get0_otherName(name, &identifier, &value) == 1, let value,
            ASN1_TYPE_get(value) == V_ASN1_UTF8STRING,
            let text = String(validating: bytes(of: value.pointee.value.utf8string), as: UTF8.self),
            !text.utf8.contains(0)
        else { return nil }
        return .otherName(identifier: ObjectIdentifier.text(identifier), value: text)
    }
}
