import SigningCrypto

extension [UInt8] {
    /// Bytes from base64url without padding (RFC 7515 §2); nil for any other text, and for none.
    init?(base64URL text: Substring) {
        guard !text.isEmpty else { return nil }
        var standard: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: standard.append(byte)
            }
        }
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - standard.count % 4) % 4)
        self.init(base64: String(decoding: standard + padding, as: UTF8.self))
    }

    /// Base64url without padding (RFC 7515 §2).
    var base64URL: String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
