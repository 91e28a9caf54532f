/// One block of a PEM text (RFC 7468): a label, and the bytes between its two lines.
package struct PEMBlock: Equatable, Sendable {
    package let label: String
    package private(set) var bytes: [UInt8]

    package init(label: String, bytes: [UInt8]) {
        self.label = label
        self.bytes = bytes
    }

    /// The block in lines of 64 characters, each ended by a line feed.
    package var text: String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = bytes.base64[...]
        while !rest.isEmpty {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    /// The blocks of a text in their order. Lines outside of blocks are explanations and skipped.
    ///
    /// A block that does not end, or holds more than base64, is an error: so is one with headers,
    /// the mark of the old encryption that no standard describes.
    package static func blocks(in text: String) throws(CryptoError) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var label: Substring?
        var base64 = ""
        for line in text.utf8.split(separator: UInt8(ascii: "\n")).map(trimmed) {
            if let open = label {
                if line == "-----END \(open)-----" {
                    guard let bytes = [UInt8](base64: base64) else {
                        // RFC 1421 §4.6.1.1: the header of the old encryption.
                        if base64.hasPrefix("Proc-Type: 4,ENCRYPTED") {
                            throw .malformed(
                                "PEM block",
                                reason: "\(kind(of: open)), encrypted in the old way; "
                                    + "openssl pkcs8 -topk8 -in FILE changes that")
                        }
                        throw .malformed("PEM block", reason: "\(kind(of: open)), and not base64")
                    }
                    blocks.append(PEMBlock(label: String(open), bytes: bytes))
                    label = nil
                } else {
                    base64 += line
                }
            } else if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----"), line.utf8.count > 16 {
                label = line.dropFirst(11).dropLast(5)
                base64 = ""
            }
        }
        if let label {
            throw .malformed("PEM block", reason: "\(kind(of: label)) that does not end")
        }
        return blocks
    }

    /// The line without white space at its end, a carriage return among it.
    private static func trimmed(_ line: Substring.UTF8View) -> Substring {
        let isBlank: (UInt8) -> Bool = { " \t\r".utf8.contains($0) }
        var line = line
        while let last = line.last, isBlank(last) { line.removeLast() }
        return Substring(line)
    }

    /// Overwrites what is in the block.
    mutating func wipe() {
        cleanse(&bytes)
    }
}

extension PEMBlock {
    /// What the block holds, as far as its label is a known one: others may be anything, and are not shown.
    package var kind: String { Self.kind(of: label) }

    private static func kind(of label: some StringProtocol) -> String {
        switch String(label) {
        case "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY": "a private key"
        case "ENCRYPTED PRIVATE KEY", EncryptedKeyFile.label, EncryptedKeyFile.oldLabel:
            "an encrypted private key"
        case "OPENSSH PRIVATE KEY": "a private key in OpenSSH's own form"
        case "DSA PRIVATE KEY": "a DSA key"
        case "PUBLIC KEY", "RSA PUBLIC KEY": "a public key"
        case "CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE": "a certificate"
        case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": "a certificate request"
        case "PGP PRIVATE KEY BLOCK", "PGP PUBLIC KEY BLOCK", "PGP SIGNATURE": "something of PGP"
        default: "of another kind"
        }
    }
}
