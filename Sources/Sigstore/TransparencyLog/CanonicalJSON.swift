package import JSON

extension JSONValue {
    /// The one spelling of a value that Rekor hashes and signs.
    ///
    /// Source: RFC 8785 (JCS). Fractions are left out: no value that Rekor canonicalises has one.
    /// - Returns: nil for a value with a fraction or an integer beyond 2^53.
    package var canonicalText: [UInt8]? {
        guard let node = try? JSONNode(parsing: text()) else { return nil }
        return try? Self.canonicalForm.text(of: node)
    }

    private static let canonicalForm = CanonicalForm(
        // RFC 8785 §3.2.3: by UTF-16 code units.
        precedes: { $0.utf16.lexicographicallyPrecedes($1.utf16) },
        // RFC 8785 §3.2.2.2: only what JSON must escape, in its shortest form.
        escape: jsonEscape,
        allows: { $0.magnitude <= 1 << 53 })
}
