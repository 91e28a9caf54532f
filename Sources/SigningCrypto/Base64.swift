import FoundationEssentials

extension [UInt8] {
    /// Bytes from base64 in its one canonical spelling; nil for any other text.
    ///
    /// The standard alphabet with padding, no white space, unused bits zero (RFC 4648 §4, §3.5).
    package init?(base64 text: String) {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            return nil
        }
        self = Array(data)
    }

    /// Base64 with the standard alphabet and padding (RFC 4648 §4).
    package var base64: String {
        Data(self).base64EncodedString()
    }
}
