import JSON
import SigningCrypto

/// An entry that Rekor v2 is asked to take: checked, and in the form in which it is stored.
struct RekorV2Proposal {
    /// In canonical JSON (RFC 8785).
    let body: [UInt8]

    init(_ document: JSONNode) throws {
        do {
            try Self.allow(["hashedRekordRequestV002"], in: document)
            let request = try document.required("hashedRekordRequestV002")
            try Self.allow(["digest", "signature"], in: request)
            let signature = try request.required("signature")
            try Self.allow(["content", "verifier"], in: signature)
            let verifier = try signature.required("verifier")
            try Self.allow(["x509Certificate", "publicKey", "keyDetails"], in: verifier)
            let details = try verifier.required("keyDetails").string
            let (name, raw, key) = try Self.key(of: verifier)
            guard let algorithm = Algorithm.all[details], algorithm.kind == key.kind else {
                throw Refusal(400, code: 3, "unsupported key algorithm: \(details)")
            }
            let content = try Self.decoded(signature.required("content"))
            guard
                let digest = Digest(
                    algorithm: algorithm.hash, bytes: try Self.decoded(request.required("digest"))),
                key.isValid(content, of: digest, scheme: algorithm.scheme)
            else { throw Refusal(400, code: 3, "invalid signature") }
            let stored: JSONValue = [
                "data": [
                    "algorithm": .string(algorithm.hashName),
                    "digest": .string(digest.bytes.base64),
                ],
                "signature": [
                    "content": .string(content.base64),
                    "verifier": .object([
                        "keyDetails": .string(details), name: ["rawBytes": .string(raw.base64)],
                    ]),
                ],
            ]
            let entry: JSONValue = [
                "apiVersion": .string("0.0.2"), "kind": .string("hashedrekord"),
                "spec": ["hashedRekordV002": stored],
            ]
            body = entry.text()
        } catch let error as JSONError {
            throw Refusal(400, code: 3, "invalid request: \(error)")
        }
    }

    /// The member that holds the key, its bytes, and the key.
    private static func key(of verifier: JSONNode) throws -> (String, [UInt8], PublicKey) {
        do {
            if let certificate = try verifier.optional("x509Certificate") {
                let raw = try decoded(certificate.required("rawBytes"))
                return ("x509Certificate", raw, try Certificate(der: raw).publicKey)
            }
            let raw = try decoded(verifier.required("publicKey").required("rawBytes"))
            return ("publicKey", raw, try PublicKey(subjectPublicKeyInfo: raw))
        } catch let error as CryptoError {
            throw Refusal(400, code: 3, "parsing verifier: \(error)")
        }
    }

    private static func allow(_ names: Set<String>, in node: JSONNode) throws {
        if let name = try node.members.map(\.name).first(where: { !names.contains($0) }) {
            throw Refusal(400, code: 3, "proto: unknown field \"\(name)\"")
        }
    }

    private static func decoded(_ node: JSONNode) throws -> [UInt8] {
        guard let bytes = [UInt8](base64: try node.string), !bytes.isEmpty else {
            throw Refusal(400, code: 3, "proto: invalid value for bytes field \(node.path)")
        }
        return bytes
    }
}

extension RekorV2Proposal {
    /// What a name of an algorithm stands for.
    private struct Algorithm {
        let kind: KeyKind
        let hash: HashAlgorithm
        let scheme: SignatureScheme

        var hashName: String { "SHA2_" + hash.rawValue.dropFirst(3) }

        private init(_ curve: EllipticCurve, _ hash: HashAlgorithm) {
            kind = .ecdsa(curve)
            self.hash = hash
            scheme = .ecdsa(hash)
        }

        private init(rsa bits: Int) {
            kind = .rsa(bits: bits)
            hash = .sha256
            scheme = .rsaPKCS1(.sha256)
        }

        /// Source: sigstore protobuf-specs, `PublicKeyDetails`; those that a log takes by default.
        static let all = [
            "PKIX_ECDSA_P256_SHA_256": Algorithm(.p256, .sha256),
            "PKIX_ECDSA_P384_SHA_384": Algorithm(.p384, .sha384),
            "PKIX_ECDSA_P521_SHA_512": Algorithm(.p521, .sha512),
            "PKIX_RSA_PKCS1V15_2048_SHA256": Algorithm(rsa: 2048),
            "PKIX_RSA_PKCS1V15_3072_SHA256": Algorithm(rsa: 3072),
            "PKIX_RSA_PKCS1V15_4096_SHA256": Algorithm(rsa: 4096),
        ]
    }
}
