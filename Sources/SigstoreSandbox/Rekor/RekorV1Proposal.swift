import JSON
import SigningCrypto

/// An entry that Rekor v1 is asked to take: checked, and in the form in which it is stored.
struct RekorV1Proposal {
    /// In canonical JSON (RFC 8785).
    let body: [UInt8]

    init(_ document: JSONNode) throws {
        do {
            let kind = try document.required("kind").string
            let version = try document.required("apiVersion").string
            let specification = try document.required("spec")
            let stored: JSONValue
            switch (kind, version) {
            case ("hashedrekord", "0.0.1"): stored = try Self.hashedRecord(specification)
            case ("dsse", "0.0.1"): stored = try Self.envelope(specification)
            default: throw Self.refusal("entry kind '\(kind)' version '\(version)' not supported")
            }
            let entry: JSONValue = [
                "apiVersion": .string(version), "kind": .string(kind), "spec": stored,
            ]
            body = entry.text()
        } catch let error as JSONError {
            throw Self.refusal("\(error)")
        }
    }

    private static func hashedRecord(_ specification: JSONNode) throws -> JSONValue {
        let hash = try specification.required("data").required("hash")
        let algorithmName = try hash.required("algorithm").string
        let value = try hash.required("value").string
        guard let algorithm = HashAlgorithm(rawValue: algorithmName),
            let bytes = [UInt8](hex: value), let digest = Digest(algorithm: algorithm, bytes: bytes)
        else { throw refusal("invalid value for hash") }
        let signature = try specification.required("signature")
        let content = try decoded(signature.required("content"))
        let verifier = try Verifier(signature.required("publicKey").required("content"))
        guard verifier.hasSigned(digest, signature: content) else {
            throw refusal("verifying signature: invalid signature")
        }
        return [
            "data": [
                "hash": ["algorithm": .string(algorithmName), "value": .string(digest.hex)]
            ],
            "signature": [
                "content": .string(content.base64),
                "publicKey": ["content": .string(verifier.text)],
            ],
        ]
    }

    private static func envelope(_ specification: JSONNode) throws -> JSONValue {
        let proposed = try specification.required("proposedContent")
        let text = try Array(proposed.required("envelope").string.utf8)
        let verifiers = try proposed.required("verifiers").elements.map { try Verifier($0) }
        let envelope = try JSONNode(parsing: text)
        let type = try envelope.required("payloadType").string
        let payload = try decoded(envelope.required("payload"))
        // DSSE, protocol.md: "DSSEv1" and both strings, each after its length.
        let signed = "DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8 + payload
        let signatures = try envelope.required("signatures").elements.map { node -> JSONValue in
            let signature = try decoded(node.required("sig"))
            guard
                let verifier = verifiers.first(where: {
                    $0.hasSigned(Array(signed), signature: signature)
                })
            else { throw refusal("envelope has invalid signatures") }
            return ["signature": .string(signature.base64), "verifier": .string(verifier.text)]
        }
        guard !signatures.isEmpty else { throw refusal("envelope has no signatures") }
        return [
            "envelopeHash": hash(of: text), "payloadHash": hash(of: payload),
            "signatures": .array(signatures),
        ]
    }

    private static func hash(of bytes: [UInt8]) -> JSONValue {
        ["algorithm": .string("sha256"), "value": .string(Digest(of: bytes).hex)]
    }

    private static func decoded(_ node: JSONNode) throws -> [UInt8] {
        guard let bytes = [UInt8](base64: try node.string), !bytes.isEmpty else {
            throw refusal("'\(node.path)' is not base64")
        }
        return bytes
    }

    private static func refusal(_ reason: String) -> Refusal {
        Refusal(400, "error processing entry: \(reason)")
    }
}

extension RekorV1Proposal {
    /// A certificate or a key that Rekor v1 is given as PEM, in base64.
    private struct Verifier {
        let key: PublicKey
        /// Written anew: 64 columns, LF, in base64.
        let text: String

        init(_ node: JSONNode) throws {
            guard let bytes = [UInt8](base64: try node.string),
                let block = try? PEMBlock.blocks(in: String(decoding: bytes, as: UTF8.self)).first
            else { throw refusal("'\(node.path)' is not PEM in base64") }
            do {
                key =
                    block.label == "CERTIFICATE"
                    ? try Certificate(der: block.bytes).publicKey : try PublicKey(pem: block.text)
            } catch {
                throw refusal("\(error)")
            }
            text = Array(block.text.utf8).base64
        }

        func hasSigned(_ digest: Digest, signature: [UInt8]) -> Bool {
            let scheme: SignatureScheme =
                switch key.kind {
                case .rsa: .rsaPKCS1(digest.algorithm)
                default: .ecdsa(digest.algorithm)
                }
            return key.isValid(signature, of: digest, scheme: scheme)
        }

        func hasSigned(_ message: [UInt8], signature: [UInt8]) -> Bool {
            key.isValid(signature, ofMessage: message, scheme: key.defaultScheme)
                || hasSigned(Digest(of: message), signature: signature)
        }
    }
}
