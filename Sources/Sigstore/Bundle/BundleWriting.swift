package import JSON
package import SigningCrypto

extension Bundle {
    /// The bundle as a file: one line, members by name, and nothing that has its default value.
    package func json() -> [UInt8] {
        var material: [String: JSONValue] = [
            "tlogEntries": .array(entries.map(\.json))
        ]
        switch signer {
        case .publicKey(let hint):
            material["publicKey"] = .object(["hint": .string(hint)])
        case .certificates(let leaf, _) where version == .v03:
            material["certificate"] = leaf.json
        case .certificates(let leaf, let others):
            material["x509CertificateChain"] = .object([
                "certificates": .array(([leaf] + others).map(\.json))
            ])
        }
        if !timestamps.isEmpty {
            material["timestampVerificationData"] = .object([
                "rfc3161Timestamps": .array(timestamps.map { ["signedTimestamp": .bytes($0)] })
            ])
        }
        var bundle: [String: JSONValue] = [
            "mediaType": .string(version.mediaTypes[0]), "verificationMaterial": .object(material),
        ]
        switch content {
        case .envelope(let envelope):
            bundle["dsseEnvelope"] = envelope.json
        case .message(let signature, let digest):
            var message: [String: JSONValue] = ["signature": .bytes(signature)]
            if let digest {
                message["messageDigest"] = [
                    "algorithm": .string(digest.algorithm.protoName),
                    "digest": .bytes(digest.bytes),
                ]
            }
            bundle["messageSignature"] = .object(message)
        }
        return JSONValue.object(bundle).text()
    }
}

extension Certificate {
    fileprivate var json: JSONValue { ["rawBytes": .bytes(der)] }
}

extension Envelope {
    /// The envelope as DSSE writes it, which is how it goes into a log too.
    package var json: JSONValue {
        var signature: [String: JSONValue] = ["sig": .bytes(self.signature)]
        if !keyID.isEmpty { signature["keyid"] = .string(keyID) }
        return [
            "payload": .bytes(payload), "payloadType": .string(payloadType),
            "signatures": [.object(signature)],
        ]
    }
}

extension LogEntry {
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "logIndex": .string("\(index)"),
            "logId": ["keyId": .bytes(logID)],
            "kindVersion": ["kind": .string(kind.name), "version": .string(kind.version)],
            "canonicalizedBody": .bytes(canonicalizedBody),
        ]
        if integratedTime != 0 { members["integratedTime"] = .string("\(integratedTime)") }
        if let signedEntryTimestamp {
            members["inclusionPromise"] = ["signedEntryTimestamp": .bytes(signedEntryTimestamp)]
        }
        if let inclusionProof { members["inclusionProof"] = inclusionProof.json }
        return .object(members)
    }
}

extension LogEntry.InclusionProof {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "logIndex": .string("\(index)"), "treeSize": .string("\(treeSize)"),
            "rootHash": .bytes(rootHash), "hashes": .array(hashes.map(JSONValue.bytes)),
        ]
        if !checkpoint.isEmpty { members["checkpoint"] = ["envelope": .string(checkpoint)] }
        return .object(members)
    }
}

extension HashAlgorithm {
    /// The name in `HashAlgorithm` of `sigstore_common.proto`.
    package var protoName: String {
        switch self {
        case .sha256: "SHA2_256"
        case .sha384: "SHA2_384"
        case .sha512: "SHA2_512"
        }
    }
}

extension JSONValue {
    static func bytes(_ bytes: [UInt8]) -> JSONValue { .string(bytes.base64) }
}
