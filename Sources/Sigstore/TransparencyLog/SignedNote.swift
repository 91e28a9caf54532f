import SigningCrypto

/// A text and the signatures under it.
///
/// Source: C2SP, `signed-note.md`.
package struct SignedNote: Equatable, Sendable {
    package struct Signature: Equatable, Sendable {
        package let name: String
        /// 4 bytes that tell keys of one name apart; a hint, not a proof.
        package let keyID: [UInt8]
        package let bytes: [UInt8]
    }

    /// What is signed: everything before the blank line, with its last line feed.
    package let text: String
    package let signatures: [Signature]

    /// At least 16 must be accepted; more than 100 are nobody's.
    private static let signatureLimit = 100

    package init(_ note: String) throws(LogError) {
        guard !note.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) else {
            throw .note("it holds control characters")
        }
        let lines = note.split(separator: "\n" as Character, omittingEmptySubsequences: false)
        // The last blank line that is not the end of the note parts text and signatures.
        guard lines.last == "", let blank = lines.dropLast().lastIndex(of: ""), blank > 0 else {
            throw .note("no blank line parts the text from the signatures")
        }
        let signatureLines = lines[(blank + 1)...].dropLast()
        guard !signatureLines.isEmpty, signatureLines.count <= Self.signatureLimit else {
            throw .note("it has \(signatureLines.count) signatures")
        }
        text = lines[..<blank].joined(separator: "\n") + "\n"
        var signatures: [Signature] = []
        for line in signatureLines { signatures.append(try Signature(line: line)) }
        self.signatures = signatures
    }
}

extension SignedNote.Signature {
    /// `— NAME BASE64`, with an em dash.
    fileprivate init(line: Substring) throws(LogError) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "\u{2014}", !words[1].isEmpty,
            let bytes = [UInt8](base64: String(words[2])), bytes.count > 4
        else { throw .note("'\(line)' is not a signature line") }
        name = String(words[1])
        keyID = Array(bytes.prefix(4))
        self.bytes = Array(bytes.dropFirst(4))
    }
}
