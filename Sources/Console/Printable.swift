/// Bytes as text that is safe to print: control characters and invalid UTF-8 as `\xNN`.
package func printable(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0:
            let digits = String(scalar.value, radix: 16)
            text += "\\x" + (digits.count < 2 ? "0" : "") + digits
        case 0x10FF80...0x10FFFF:
            // A byte of a name that is no UTF-8.
            text += "\\x" + String(scalar.value & 0xFF, radix: 16)
        default:
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}
