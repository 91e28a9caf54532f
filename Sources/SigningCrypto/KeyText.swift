import COpenSSL

/// The text of a key in PEM, as files and the variables of CI systems hold it.
///
/// Undone is what changes nothing of the text: a byte order mark, line ends of other systems, quotes
/// around it, indentation, and base64 of the whole. A text that has lost its line breaks is refused with
/// what it looks like.
package struct KeyText {
    /// Text that `PEMBlock.blocks(in:)` reads.
    package private(set) var pem: String

    /// - Throws: What the text looks like, and nothing of it.
    package init(_ content: [UInt8]) throws(CryptoError) {
        let bare = try Self.unwrapped(content)
        if Self.has(bare, "-----BEGIN ") {
            pem = try Self.pem(bare)
            return
        }
        guard var decoded = Self.decoded(bare) else { throw Self.malformed(Self.looksOf(bare)) }
        defer { cleanse(&decoded) }
        let inner = try Self.unwrapped(decoded)
        guard Self.has(inner, "-----BEGIN ") else {
            throw Self.malformed(
                decoded.first == 0x30
                    ? "it looks like base64 without the lines -----BEGIN and -----END around it"
                    : Self.looksOf(bare))
        }
        pem = try Self.pem(inner)
    }

    private static func pem(_ bare: ArraySlice<UInt8>) throws(CryptoError) -> String {
        let lines = lines(of: bare)
        guard lines.contains(where: { $0.starts(with: "-----BEGIN ".utf8) && isBoundary($0) })
        else { throw malformed(damage(of: bare)) }
        return lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "\n"
    }

    /// Overwrites the text.
    package mutating func wipe() {
        pem.withUTF8 { OPENSSL_cleanse(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) }
        pem = ""
    }

    // MARK: - What is undone

    private static func unwrapped(_ content: [UInt8]) throws(CryptoError) -> ArraySlice<UInt8> {
        if content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF]) {
            throw malformed("it looks like UTF-16; save it as UTF-8")
        }
        var bare = content[...]
        if bare.starts(with: [0xEF, 0xBB, 0xBF]) { bare = bare.dropFirst(3) }
        bare = trimmed(bare)
        for quote in "\"'".utf8 where bare.count > 1 && bare.first == quote && bare.last == quote {
            bare = trimmed(bare.dropFirst().dropLast())
        }
        if bare.isEmpty { throw malformed("it is empty") }
        return bare
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { start[...$0] } ?? []
    }

    private static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map(trimmed)
    }

    /// Base64 of either alphabet, with or without padding and line breaks.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var text = ""
        for byte in bytes where !isBlank(byte) && byte != UInt8(ascii: "=") {
            switch byte {
            case UInt8(ascii: "-"): text += "+"
            case UInt8(ascii: "_"): text += "/"
            default: text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        guard text.utf8.count >= 32 else { return nil }
        return [UInt8](base64: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }

    // MARK: - What it looks like

    private static func damage(of bytes: ArraySlice<UInt8>) -> String {
        let way =
            "; a variable in quotes (\"$KEY\"), a block in YAML (|) or base64 of the whole file keeps them"
        if has(bytes, "\\n") || has(bytes, "\\r") {
            return #"it looks like PEM with \n written out instead of line breaks"# + way
        }
        if has(bytes, "%0A") || has(bytes, "%0a") {
            return "it looks like PEM with %0A instead of line breaks" + way
        }
        let isBlanked = has(bytes, "----- ")
        return "it looks like PEM \(isBlanked ? "with blanks instead of" : "without its") line breaks"
            + way
    }

    private static func looksOf(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.first == 0x30, bytes.contains(where: { $0 >= 0x80 }) {
            return "it looks like DER; openssl pkey -inform DER writes it as PEM"
        }
        if bytes.contains(0) { return "it looks like UTF-16 or binary data, not like text" }
        if bytes.starts(with: "ssh-".utf8) || bytes.starts(with: "ecdsa-sha2-".utf8) {
            return "it looks like a public key of OpenSSH; ssh-keygen -e -m PKCS8 writes it as PEM"
        }
        if bytes.first == UInt8(ascii: "{") {
            return has(bytes, "\"kty\"")
                ? "it looks like a JSON Web Key; it has to be PEM" : "it looks like JSON, not like PEM"
        }
        return "it has no line -----BEGIN"
    }

    private static func malformed(_ reason: String) -> CryptoError {
        .malformed("key", reason: reason)
    }

    private static func isBoundary(_ line: ArraySlice<UInt8>) -> Bool {
        let label = line.dropFirst("-----BEGIN ".utf8.count).dropLast(5)
        return line.count > 16 && line.suffix(5).elementsEqual("-----".utf8)
            && !label.contains(UInt8(ascii: "-"))
    }

    private static func has(_ bytes: some Collection<UInt8>, _ text: String) -> Bool {
        Substring(decoding: bytes, as: UTF8.self).utf8.firstRange(of: text.utf8) != nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
}
