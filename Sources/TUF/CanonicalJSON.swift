package import JSON

/// The one spelling of a JSON value that signatures are made over: OLPC's "Canonical JSON".
///
/// Members in the order of their names' code points, integers only; in strings nothing but `\` and
/// `"` is escaped, so that a line feed is the byte 0x0A.
package enum CanonicalJSON {
    private static let form = CanonicalForm(
        // UTF-8 sorts as the code points do; `String` would compare what looks the same as equal.
        precedes: { $0.utf8.lexicographicallyPrecedes($1.utf8) },
        escape: { byte in
            switch byte {
            case UInt8(ascii: "\\"): #"\\"#
            case UInt8(ascii: "\""): #"\""#
            default: nil
            }
        })

    /// - Throws: when the value holds a number that is not a 64-bit integer.
    package static func encode(_ node: JSONNode) throws(JSONError) -> [UInt8] {
        try form.text(of: node)
    }
}
