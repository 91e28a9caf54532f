import JSON
import SigningCrypto

extension ProposedEntry.Form {
    /// `hashedrekord` 0.0.1 and `dsse` 0.0.1.
    ///
    /// Source: sigstore/rekor, `pkg/types/hashedrekord` and `pkg/types/dsse`, their JSON schemas.
    static func rekorV1(
        _ content: ProposedEntry.Content, _ signer: ProposedEntry.Signer, _ scheme: SignatureScheme
    ) -> Self? {
        let pem = JSONValue.bytes(Array(signer.pem.utf8))
        switch content {
        case .digest(let digest, let signature):
            guard scheme.hash == digest.algorithm else { return nil }
            let kind = LogEntry.Kind(name: "hashedrekord", version: "0.0.1")
            let body = canonical(
                kind,
                [
                    "data": ["hash": digest.json],
                    "signature": ["content": .bytes(signature), "publicKey": ["content": pem]],
                ])
            return Self(
                kind: kind, request: body, body: body,
                entry: .hashedRecord(
                    .init(
                        digest: digest, signature: signature, verifier: signer.verifier,
                        scheme: nil)))
        case .envelope(let envelope):
            let kind = LogEntry.Kind(name: "dsse", version: "0.0.1")
            let text = envelope.json.text()
            let payloadHash = Digest(of: envelope.payload)
            let request = canonical(
                kind,
                [
                    "proposedContent": [
                        "envelope": .string(String(decoding: text, as: UTF8.self)),
                        "verifiers": [pem],
                    ]
                ])
            let body = canonical(
                kind,
                [
                    "envelopeHash": Digest(of: text).json,
                    "payloadHash": payloadHash.json,
                    "signatures": [["signature": .bytes(envelope.signature), "verifier": pem]],
                ])
            return Self(
                kind: kind, request: request, body: body,
                entry: .envelope(
                    payloadHash: payloadHash,
                    signatures: [.init(bytes: envelope.signature, verifier: signer.verifier)]))
        }
    }

    /// The names of `PublicKeyDetails` that Rekor v2 takes.
    private static let detailsOfRekorV2: Set = [
        "PKIX_ECDSA_P256_SHA_256", "PKIX_ECDSA_P384_SHA_384", "PKIX_ECDSA_P521_SHA_512",
        "PKIX_RSA_PKCS1V15_2048_SHA256", "PKIX_RSA_PKCS1V15_3072_SHA256",
        "PKIX_RSA_PKCS1V15_4096_SHA256",
    ]

    /// `hashedrekord` 0.0.2, for envelopes too: what is logged of one is the signature over its
    /// pre-authentication encoding.
    ///
    /// Source: sigstore/rekor-tiles, `hashedrekord.proto`.
    static func rekorV2(
        _ content: ProposedEntry.Content, _ signer: ProposedEntry.Signer, _ scheme: SignatureScheme
    ) -> Self? {
        guard let hash = scheme.hash, let details = KeyDetails.name(signer.key.kind, scheme),
            detailsOfRekorV2.contains(details)
        else { return nil }
        let digest: Digest
        let signature: [UInt8]
        switch content {
        case .digest(let given, let bytes):
            guard given.algorithm == hash else { return nil }
            (digest, signature) = (given, bytes)
        case .envelope(let envelope):
            digest = envelope.digest(using: hash)
            signature = envelope.signature
        }
        let kind = LogEntry.Kind(name: "hashedrekord", version: "0.0.2")
        let (member, der) = signer.verifier.memberOfRekorV2
        let signed: JSONValue = [
            "content": .bytes(signature),
            "verifier": ["keyDetails": .string(details), member: ["rawBytes": .bytes(der)]],
        ]
        let data: JSONValue = [
            "algorithm": .string(hash.protoName), "digest": .bytes(digest.bytes),
        ]
        return Self(
            kind: kind,
            request: canonical([
                "hashedRekordRequestV002": ["digest": .bytes(digest.bytes), "signature": signed]
            ]),
            body: canonical(kind, ["hashedRekordV002": ["data": data, "signature": signed]]),
            entry: .hashedRecord(
                .init(
                    digest: digest, signature: signature, verifier: signer.verifier, scheme: scheme)
            ))
    }

    private static func canonical(_ kind: LogEntry.Kind, _ specification: JSONValue) -> [UInt8] {
        canonical([
            "apiVersion": .string(kind.version), "kind": .string(kind.name), "spec": specification,
        ])
    }

    private static func canonical(_ value: JSONValue) -> [UInt8] {
        guard let text = value.canonicalText else {
            preconditionFailure("an entry holds a number that canonical JSON cannot write")
        }
        return text
    }
}

extension Digest {
    fileprivate var json: JSONValue {
        ["algorithm": .string(algorithm.rawValue), "value": .string(hex)]
    }
}

extension EntryVerifier {
    fileprivate var memberOfRekorV2: (name: String, der: [UInt8]) {
        switch self {
        case .certificate(let der): ("x509Certificate", der)
        case .publicKey(let der): ("publicKey", der)
        }
    }
}
