import SigningCrypto
import Testing

@Suite("The text of a key")
struct KeyTextTests {
    private let pem: String

    init() throws {
        pem = try PrivateKeyFixtures.pem("p256")
    }

    private func reason(_ content: [UInt8]) -> String? {
        do {
            _ = try KeyText(content)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("what changes nothing of the text is undone")
    func undone() throws {
        let base64 = Array(pem.utf8).base64
        let indented = pem.split(separator: "\n").map { "    \($0)  " }.joined(separator: "\n")
        for text in [
            pem, "\u{FEFF}\(pem)", pem.replacing("\n", with: "\r\n"),
            pem.replacing("\n", with: "\r"),
            "\"\(pem)\"", "'\(pem)'\n", indented, base64,
            "\(base64.prefix(76))\n\(base64.dropFirst(76))",
            base64.filter { $0 != "=" }, "\"\(base64)\"",
            Array("\u{FEFF}\(pem.replacing("\n", with: "\r\n"))".utf8).base64,
        ] {
            let key = try PrivateKey(pem: KeyText(Array(text.utf8)).pem, password: { [] })
            #expect(
                try key.publicKey == PrivateKey(pem: pem, password: { [] }).publicKey, "\(text)")
        }
    }

    @Test("a text that has lost its line breaks is named for what it looks like")
    func lineBreaks() {
        for (text, looks) in [
            (pem.replacing("\n", with: ""), "looks like PEM without its line breaks"),
            (pem.replacing("\n", with: " "), "looks like PEM with blanks instead of line breaks"),
            (pem.replacing("\n", with: "\\n"), #"looks like PEM with \n written out"#),
            ("\"\(pem.replacing("\n", with: "\\n"))\"", #"looks like PEM with \n written out"#),
            (pem.replacing("\n", with: "%0A"), "looks like PEM with %0A"),
        ] {
            #expect(reason(Array(text.utf8))?.contains(looks) == true, "\(text)")
            #expect(reason(Array(Array(text.utf8).base64.utf8))?.contains(looks) == true, "\(text)")
        }
    }

    @Test("a text that is no PEM is named for what it looks like")
    func others() throws {
        let der = try PrivateKey(pem: pem, password: { [] }).pkcs8
        for (content, looks) in [
            ([], "it is empty"), (Array(" \n".utf8), "it is empty"),
            (der, "looks like DER"),
            (Array(der.base64.utf8), "base64 without the lines -----BEGIN"),
            ([0xFF, 0xFE, 0x2D, 0x00], "looks like UTF-16"),
            (Array("ssh-ed25519 AAAA me".utf8), "public key of OpenSSH"),
            (Array(#"{"kty":"EC","d":"x"}"#.utf8), "JSON Web Key"),
            (Array("{}".utf8), "looks like JSON"),
            (Array("hunter2".utf8), "it has no line -----BEGIN"),
        ] as [([UInt8], String)] {
            #expect(reason(content)?.contains(looks) == true, "\(looks): \(reason(content) ?? "")")
        }
    }

    @Test(
        "a PEM block of another kind is named by it, and by its label only where that is known",
        arguments: [
            ("PUBLIC KEY", "it is a public key"), ("CERTIFICATE", "it is a certificate"),
            ("OPENSSH PRIVATE KEY", "ssh-keygen -p -m PKCS8"), ("hunter2", "it is of another kind"),
        ])
    func kinds(label: String, looks: String) {
        let pem = "-----BEGIN \(label)-----\nAQ==\n-----END \(label)-----\n"
        do {
            _ = try PrivateKey(pem: pem, password: { [] })
            Issue.record("read")
        } catch {
            #expect("\(error)".contains(looks))
            #expect(!"\(error)".contains("hunter2"))
        }
    }
}
