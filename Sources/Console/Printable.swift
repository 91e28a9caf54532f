/// Bytes as text that is safe to print, on a terminal and in the log of a CI system.
///
/// As `\xNN` or `\u{N}` appear control characters, invisible format characters (those that turn the
/// direction of a text among them) and line separators. What a CI system takes for a command loses its
/// first character to the same spelling: `##[…]` and `##vso[…]` anywhere, `::` at the start.
package func printable(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    var start = true
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
        let isCommand =
            scalar == "#" && isHashCommand(scalars[index...])
            || start && scalar == ":" && scalars[index...].dropFirst().first == ":"
        start = start && (scalar == " " || scalar == "\t")
        if isCommand || !isVisible(scalar) {
            text += escaped(scalar)
        } else {
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}

/// A JSON text of one line with the same meaning, and as safe to print as `printable` makes a text.
package func printableJSON(_ text: [UInt8]) -> [UInt8] {
    // Nothing below 0x80 but `#` and DEL needs care: the writer has escaped control characters.
    guard text.contains(where: { $0 >= 0x7F || $0 == UInt8(ascii: "#") }) else { return text }
    var result: [UInt8] = []
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
        if scalar == "#" && isHashCommand(scalars[index...]) || scalar != "\n" && !isVisible(scalar)
        {
            for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
                let digits = String(unit, radix: 16)
                result += "\\u".utf8
                result += String(repeating: "0", count: 4 - digits.count).utf8
                result += digits.utf8
            }
        } else {
            result += UTF8.encode(scalar).map(Array.init) ?? []
        }
    }
    return result
}

private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return 0x20..<0x7F ~= scalar.value }
    if isStrayByte(scalar) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
}

/// As `OperatingSystem` holds what is not UTF-8 in the name of a file.
private func isStrayByte(_ scalar: Unicode.Scalar) -> Bool {
    0x10FF80...0x10FFFF ~= scalar.value
}

/// `##`, letters, `[`: `##[group]` of GitHub and Azure, `##vso[…]` of Azure, `##teamcity[…]`.
private func isHashCommand(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.starts(with: "##".unicodeScalars) else { return false }
    return scalars.dropFirst(2).drop { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }.first
        == "["
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    // A byte of a name that is no UTF-8.
    if isStrayByte(scalar) { return "\\x" + String(scalar.value & 0xFF, radix: 16) }
    if scalar.value > 0xFF { return "\\u{\(digits)}" }
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
}
