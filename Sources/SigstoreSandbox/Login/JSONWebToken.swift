import FoundationEssentials
import JSON
import SigningCrypto

/// A token signed by RS256 (RFC 7515, RFC 7518 §3.3).
enum JSONWebToken {
    static func signed(_ claims: [String: JSONValue], by key: PrivateKey) throws -> String {
        let header: JSONValue = [
            "alg": .string("RS256"), "kid": .string(keyID(of: key.publicKey)),
            "typ": .string("JWT"),
        ]
        let signed = base64URL(header.text()) + "." + base64URL(JSONValue.object(claims).text())
        let signature = try key.sign(message: Array(signed.utf8), scheme: .rsaPKCS1(.sha256))
        return signed + "." + base64URL(signature)
    }

    /// The claims of a token that the key signed; nil for any other text.
    static func claims(_ token: String, by key: PublicKey) -> [String: JSONValue]? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = object(parts[0]), header["alg"] == .string("RS256"),
            let signature = bytes(base64URL: parts[2]),
            key.isValid(
                signature, ofMessage: Array("\(parts[0]).\(parts[1])".utf8),
                scheme: .rsaPKCS1(.sha256))
        else { return nil }
        return object(parts[1])
    }

    /// The key in a set of keys (RFC 7517 §5, RFC 7518 §6.3.1).
    static func keySet(_ key: PublicKey) -> JSONValue {
        // RFC 5280 §4.1: the bits after the algorithm hold an RSAPublicKey (RFC 8017 §A.1.1).
        var information = DERReader(key.subjectPublicKeyInfo).sequenceOrEmpty()
        _ = information.value()
        let bits = information.value()?.content.dropFirst() ?? []
        var numbers = DERReader(Array(bits)).sequenceOrEmpty()
        let modulus = numbers.value()?.content.drop { $0 == 0 } ?? []
        let exponent = numbers.value()?.content ?? []
        let entry: JSONValue = [
            "kty": .string("RSA"), "use": .string("sig"), "alg": .string("RS256"),
            "kid": .string(keyID(of: key)), "n": .string(base64URL(Array(modulus))),
            "e": .string(base64URL(exponent)),
        ]
        return ["keys": .array([entry])]
    }

    private static func keyID(of key: PublicKey) -> String {
        String(Digest(of: key.subjectPublicKeyInfo).hex.prefix(16))
    }

    private static func object(_ part: Substring) -> [String: JSONValue]? {
        guard let bytes = bytes(base64URL: part),
            case .object(let members)? = try? JSONValue(parsing: bytes)
        else { return nil }
        return members
    }

    /// RFC 4648 §5, without padding (RFC 7515 §2).
    static func base64URL(_ bytes: [UInt8]) -> String {
        String(
            bytes.base64.compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    private static func bytes(base64URL text: Substring) -> [UInt8]? {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return [UInt8](base64: String(standard) + padding)
    }
}

extension DERReader {
    /// The content of this reader's sequence; nothing where there is none.
    fileprivate func sequenceOrEmpty() -> DERReader {
        var reader = self
        return reader.sequence() ?? DERReader([])
    }
}
