import SigningCrypto

extension String {
    /// With all but letters, digits and `-._~` percent-encoded (RFC 3986 §2.3).
    var percentEncoded: String {
        var encoded: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += Array("%".utf8) + [byte >> 4, byte & 15].map { hexDigits[Int($0)] }
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

/// What a form or the query of a URL says, by name (WHATWG URL §5.1).
///
/// nil where a name comes twice, as no answer to a login may have it (RFC 6749 §3.1).
func formFields(_ text: String) -> [String: String]? {
    var fields: [String: String] = [:]
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
        let parts = pair.split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = percentDecoded(parts[0])
        guard
            fields.updateValue(parts.count > 1 ? percentDecoded(parts[1]) : "", forKey: name) == nil
        else { return nil }
    }
    return fields
}

/// A form as it is sent.
func formText(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
}

/// A `%` without two digits after it stands for itself.
private func percentDecoded(_ text: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let value = [UInt8](hex: String(Substring(rest.prefix(2)))),
            value.count == 1
        {
            bytes += value
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
