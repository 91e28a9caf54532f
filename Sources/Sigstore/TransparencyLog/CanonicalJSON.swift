package import JSON

extension JSONValue {
    /// The one spelling of a value that Rekor hashes and signs.
    ///
    /// Source: RFC 8785 (JCS). Fractions are left out: no value that Rekor canonicalises has one.
    /// - Returns: nil for a value with a fraction or an integer beyond 2^53.
    package var canonicalText: [UInt8]? { Self.canonicalForm.text(of: self) }

    private static let canonicalForm = CanonicalForm(
        // RFC 8785 §3.2.3: by UTF-16 code units.
        precedes: { $0.utf16.lexicographicallyPrecedes($1.utf16) },
        escape: { byte in
            // RFC 8785 §3.2.2.2: only what JSON must escape, in its shortest form.
            switch byte {
            case UInt8(ascii: "\""): #"\""#
            case UInt8(ascii: "\\"): #"\\"#
            case 0x08: #"\b"#
            case 0x09: #"\t"#
            case 0x0A: #"\n"#
            case 0x0C: #"\f"#
            case 0x0D: #"\r"#
            case 0..<0x10: #"\u000"# + String(byte, radix: 16)
            case 0x10..<0x20: #"\u00"# + String(byte, radix: 16)
            default: nil
            }
        },
        allows: { $0.magnitude <= 1 << 53 })
}
