import JSON
import SigningCrypto

/// Entries that are in each log before anybody signs: index 0 is a value that JSON in the form of
/// protocol buffers leaves out, and some verifiers then miss.
struct LogSeed {
    private let digest: Digest
    private let signature: [UInt8]
    private let key: PublicKey

    static func entries() throws -> [LogSeed] {
        let key = try PrivateKey.generate()
        return try (1...5).map { number in
            let digest = Digest(of: Array("seed \(number)".utf8))
            return LogSeed(
                digest: digest, signature: try key.sign(digest, scheme: .ecdsa(.sha256)),
                key: key.publicKey)
        }
    }

    var rekorV1: JSONValue {
        [
            "apiVersion": .string("0.0.1"), "kind": .string("hashedrekord"),
            "spec": [
                "data": ["hash": ["algorithm": .string("sha256"), "value": .string(digest.hex)]],
                "signature": [
                    "content": .string(signature.base64),
                    "publicKey": ["content": .string(Array(key.pem.utf8).base64)],
                ],
            ],
        ]
    }

    var rekorV2: JSONValue {
        [
            "hashedRekordRequestV002": [
                "digest": .string(digest.bytes.base64),
                "signature": [
                    "content": .string(signature.base64),
                    "verifier": [
                        "publicKey": ["rawBytes": .string(key.subjectPublicKeyInfo.base64)],
                        "keyDetails": .string("PKIX_ECDSA_P256_SHA_256"),
                    ],
                ],
            ]
        ]
    }
}
