import Console
import Foundation
import HTTP
import JSON
import OpenIDConnect
import SigningCrypto
import Sigstore
import TUF
import Testing

@testable import retry_run_sigstore

@Suite("Secrets in documents")
struct ParserSecretTests {
    private static let mark = "S3cretMark"
    /// What people have in files and variables, each with the mark in it.
    private static let documents: [String] = {
        let body = "MIGHAgEAMBMGByqGSM49\(mark)AgEGCCqGSM49AwEHBG0w"
        let begin = "-----BEGIN PRIVATE KEY-----"
        let end = "-----END PRIVATE KEY-----"
        let texts = [
            "\(begin)\n\(body)\n\(end)\n", "\(begin)\(body)\(end)", "\(begin) \(body) \(end)",
            "\(begin)\\n\(body)\\n\(end)", "\(begin)\n\(body)\n", "\(begin)\n\(body)!\n\(end)",
            "-----BEGIN \(mark)-----\nAQ==\n-----END \(mark)-----\n",
            "-----BEGIN \(mark)-----\nAQ==",
            "-----BEGIN PUBLIC KEY-----\n\(body)\n-----END PUBLIC KEY-----\n",
            "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n",
            mark, body, "eyJhbGciOiJSUzI1NiJ9.eyJzdWIi\(mark).c2ln", "https://user:\(mark)@host/",
            "https://host/?token=\(mark)", "\(mark)://host", "\(mark):\(mark)",
            #"{"kty":"EC","d":"\#(mark)"}"#, #"{"\#(mark)":1}"#,
            #"{"kdf":{"name":"\#(mark)","params":{"N":65536,"r":8,"p":1},"salt":"AA=="},"#
                + #""cipher":{"name":"\#(mark)","nonce":"AA=="},"ciphertext":"\#(mark)"}"#,
            #"["\#(mark)"]"#, #"{"token":"\#(mark)"#, #"{"token":\#(mark)}"#, #""\#(mark)"#,
            "\"\\u12\(mark)\"", "{\"a\":1}\(mark)",
        ]
        let blocks = texts.map {
            let json = Array($0.utf8).base64
            return "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n\(json)\n"
                + "-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n"
        }
        return texts + blocks + texts.map { Array($0.utf8).base64 }
    }()

    private static let parsers: [(String, @Sendable ([UInt8]) throws -> Void)] = [
        ("key text", { _ = try KeyText($0) }),
        (
            "private key",
            { _ = try PrivateKey(pem: String(decoding: $0, as: UTF8.self), password: { [1] }) }
        ),
        ("public key", { _ = try PublicKey(pem: String(decoding: $0, as: UTF8.self)) }),
        ("PEM", { _ = try PEMBlock.blocks(in: String(decoding: $0, as: UTF8.self)) }),
        ("PKCS#8", { _ = try PrivateKey(pkcs8: $0) }),
        ("SubjectPublicKeyInfo", { _ = try PublicKey(subjectPublicKeyInfo: $0) }),
        ("key file", { _ = try EncryptedKeyFile(json: $0) }),
        (
            "identity token",
            { _ = try IdentityToken(String(decoding: $0, as: UTF8.self), from: "x") }
        ),
        ("JSON", { _ = try JSONValue(parsing: $0) }),
        ("bundle", { _ = try Bundle(json: $0) }),
        ("trusted root", { _ = try TrustedRoot(json: $0) }),
        ("signing config", { _ = try SigningConfig(json: $0) }),
        ("client trust config", { _ = try ClientTrustConfig(json: $0) }),
        ("statement", { _ = try Statement(json: $0) }),
        ("predicate", { _ = try AttestationPredicate($0, type: "slsaprovenance1", at: Date()) }),
        ("address", { _ = try HTTPURL(String(decoding: $0, as: UTF8.self)) }),
        ("key reference", { _ = try KeyReference(String(decoding: $0, as: UTF8.self)) }),
        (
            "boolean",
            { _ = try CosignWords.boolean("--yes", String(decoding: $0, as: UTF8.self)) }
        ),
    ]

    @Test("no error of a parser repeats what it has read", arguments: parsers.map(\.0))
    func parser(name: String) throws {
        let parse = try #require(Self.parsers.first { $0.0 == name }?.1)
        var errors = 0
        for document in Self.documents {
            do {
                try parse(Array(document.utf8))
            } catch {
                errors += 1
                for text in ["\(error)", String(describing: error), error.localizedDescription] {
                    #expect(!text.contains(Self.mark), "\(document): \(text)")
                    #expect(!text.contains("MIGHAg"), "\(document): \(text)")
                }
            }
        }
        #expect(errors > 5)
    }
}
