import JSON
import SigningCrypto

/// What a file is that is no bundle, in words, and what it is good for.
package struct FileKind: Equatable, Sendable {
    /// `a public key in PEM`
    package let name: String
    package let hint: String?
    /// Whether it may be a bare signature.
    let isSignature: Bool

    static let empty = FileKind("an empty file")

    private init(_ name: String, _ hint: String? = nil, isSignature: Bool = false) {
        self.name = name
        self.hint = hint
        self.isSignature = isSignature
    }

    /// Of a text that does not begin as JSON does; nil for one that does, or for one that nobody knows.
    package init?(_ content: [UInt8]) {
        let start = content.prefix(64 << 10).drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = start.first else {
            self = .empty
            return
        }
        if [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first) { return nil }
        if let known = Self.binary.first(where: { start.starts(with: $0.key) }) {
            self = known.value
            return
        }
        if content.dropFirst(257).starts(with: "ustar".utf8) {
            self.init("a tar archive")
            return
        }
        guard let text = String(validating: start, as: UTF8.self) else { return nil }
        if let kind = Self.text(text) ?? Self.encoded(text) {
            self = kind
        } else {
            return nil
        }
    }

    private static let binary: KeyValuePairs<[UInt8], FileKind> = [
        [0x1F, 0x8B]: FileKind("gzip data", "unpack it first"),
        [0x50, 0x4B, 0x03, 0x04]: FileKind("a ZIP archive, as wheels and jars are"),
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]: FileKind("xz data", "unpack it first"),
        [0x28, 0xB5, 0x2F, 0xFD]: FileKind("zstd data", "unpack it first"),
        [0x7F, 0x45, 0x4C, 0x46]: FileKind("an executable"),
        [0xFF, 0xFE]: FileKind("text in UTF-16", "write it in UTF-8"),
        [0xFE, 0xFF]: FileKind("text in UTF-16", "write it in UTF-8"),
        [0x30, 0x82]: FileKind(
            "DER", "a certificate goes with --certificate", isSignature: true),
        Array("%PDF".utf8): FileKind("a PDF"),
        Array("!<arch>".utf8): FileKind("an archive, as Debian packages are"),
    ]

    private static func text(_ text: String) -> FileKind? {
        let lowered = text.prefix(64).lowercased()
        if lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html") {
            return FileKind("an HTML page", "the address that it came from is not that of the file")
        }
        if lowered.hasPrefix("<") { return FileKind("XML") }
        if text.hasPrefix("version https://git-lfs.github.com/spec/") {
            return FileKind("a Git LFS pointer", "'git lfs pull' fetches the file")
        }
        if text.hasPrefix("-----BEGIN ") { return pem(text) }
        if text.hasPrefix("ssh-") { return FileKind("an SSH public key") }
        if lowered.hasPrefix("untrusted comment:") { return FileKind("a file of minisign") }
        if text.hasPrefix("SPDXVersion:") { return FileKind("an SBOM in SPDX") }
        let word = text.prefix { !$0.isWhitespace }
        if [64, 96, 128].contains(word.utf8.count), [UInt8](hex: String(word)) != nil {
            return FileKind("a list of checksums")
        }
        return nil
    }

    /// By the label of a PEM block, which is not repeated: it may be anything.
    private static func pem(_ text: String) -> FileKind {
        let label =
            text.prefix(80).split(separator: "-", omittingEmptySubsequences: true).first ?? ""
        if label.hasSuffix("PRIVATE KEY") { return FileKind("a private key") }
        switch label {
        case "BEGIN PUBLIC KEY":
            return FileKind(
                "a public key in PEM", "give it with --key, and the bundle or --signature beside it"
            )
        case "BEGIN CERTIFICATE":
            return FileKind("a certificate in PEM", "give it with --certificate, and --signature")
        case "BEGIN PGP SIGNATURE", "BEGIN PGP SIGNED MESSAGE":
            return FileKind("an OpenPGP signature")
        case "BEGIN SSH SIGNATURE": return FileKind("an SSH signature")
        default: return FileKind("a PEM file")
        }
    }

    /// Of texts in base64.
    private static func encoded(_ text: String) -> FileKind? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3, text.hasPrefix("eyJ") { return FileKind("an identity token") }
        guard let bytes = [UInt8](base64: text.filter { !$0.isWhitespace }) else { return nil }
        if bytes.starts(with: "-----BEGIN CERTIFICATE".utf8) {
            return FileKind(
                "a certificate in base64", "give it with --certificate, and --signature")
        }
        let isSignature =
            bytes.first == 0x30 && bytes.count < 160 || [64, 256, 384, 512].contains(bytes.count)
        guard isSignature else { return FileKind("base64 of something else") }
        return FileKind(
            "a signature in base64", "give it with --signature, and --key or --certificate",
            isSignature: true)
    }
}

// MARK: - JSON

extension FileKind {
    /// Of a JSON object; nil for what may be a bundle, or is not known.
    init?(members node: JSONNode) {
        func text(_ name: String) -> String? {
            (try? node.optional(name))?.flatMap { try? $0.string }
        }
        func has(_ names: String...) -> Bool {
            names.allSatisfy { name in ((try? node.optional(name)) ?? nil) != nil }
        }
        let type = text("mediaType") ?? ""
        if let known = Self.mediaTypes.first(where: { type.hasPrefix($0.key) }) {
            self = known.value
        } else if has("verificationMaterial") || type.contains("sigstore.bundle") {
            return nil
        } else if has("spdxVersion") || text("@context")?.contains("spdx.org") == true {
            self.init("an SBOM in SPDX")
        } else if has("bomFormat") {
            self.init("an SBOM in CycloneDX")
        } else if has("_type", "predicateType") {
            self.init("an in-toto statement that nobody has signed", "'retry-run attest' signs it")
        } else if has("signed", "signatures") {
            self.init("TUF metadata")
        } else if has("SignedEntryTimestamp", "Payload") {
            self.init("a log entry by itself", "it takes the signature beside it")
        } else if has("critical") {
            self.init("a payload that is signed for a container image")
        } else if has("schemaVersion") {
            self.init("the manifest of a container image")
        } else if has("version", "runs") {
            self.init("a report in SARIF")
        } else if has("keys") {
            self.init("a list of keys")
        } else if let message = text("message") ?? text("error") {
            self.init("the answer of a service that has no bundle: '\(message.prefix(80))'")
        } else {
            return nil
        }
    }

    private static let mediaTypes: KeyValuePairs<String, FileKind> = [
        "application/vnd.dev.sigstore.trustedroot": FileKind(
            "a trusted root", "give it with --trusted-root"),
        "application/vnd.dev.sigstore.signingconfig": FileKind("a signing config"),
        "application/vnd.dev.sigstore.clienttrustconfig": FileKind(
            "a client trust config", "give it with --trust-config"),
        "application/vnd.retry-run.pending": FileKind(
            "a signature that is pending", "'retry-run finish' completes it"),
        "application/vnd.oci.": FileKind("the manifest of a container image"),
        "application/vnd.docker.": FileKind("the manifest of a container image"),
    ]
}
