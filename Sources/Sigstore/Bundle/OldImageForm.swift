import JSON
package import SigningCrypto

/// A signature of an image as cosign wrote it before bundles: a payload or an envelope, and annotations.
///
/// Source: sigstore/cosign, `specs/SIGNATURE_SPEC.md`, `specs/BUNDLE_SPEC.md`.
package enum OldImageForm {
    /// What is signed instead of a statement.
    ///
    /// - Parameter reference: The image's repository, with its host.
    package static func payload(
        of image: Digest, in reference: String, annotations: [String: String]
    ) -> [UInt8] {
        let payload: JSONValue = [
            "critical": [
                "identity": ["docker-reference": .string(reference)],
                "image": ["docker-manifest-digest": .string(image.label)],
                "type": .string("cosign container image signature"),
            ],
            "optional": annotations.isEmpty
                ? .null : .object(annotations.mapValues(JSONValue.string)),
        ]
        return payload.text()
    }

    /// The layer of a bundle in the old form, and its annotations.
    ///
    /// - Parameter payload: What a signature is over; an attestation has its own inside.
    package static func layer(
        _ bundle: Bundle, payload: [UInt8]
    ) -> (content: [UInt8], annotations: [String: String]) {
        var annotations = ["dev.cosignproject.cosign/signature": ""]
        let content: [UInt8]
        switch bundle.content {
        case .message(let signature, _):
            content = payload
            annotations["dev.cosignproject.cosign/signature"] = signature.base64
        case .envelope(let envelope):
            content = envelope.json.text()
            if let statement = try? Statement(json: envelope.payload) {
                annotations["predicateType"] = statement.predicateType
            }
        }
        if let certificate = bundle.certificate {
            annotations["dev.sigstore.cosign/certificate"] = certificate.pem
        }
        if let entry = bundle.entries.lazy.compactMap(\.oldForm).first {
            annotations["dev.sigstore.cosign/bundle"] = entry
        }
        if let timestamp = bundle.timestamps.first {
            let token: JSONValue = ["SignedRFC3161Timestamp": .string(timestamp.base64)]
            annotations["dev.sigstore.cosign/rfc3161timestamp"] = String(
                decoding: token.text(), as: UTF8.self)
        }
        return (content, annotations)
    }
}

extension LogEntry {
    /// The log's promise, and what it is over; nil for a log that gives none (Rekor v2).
    fileprivate var oldForm: String? {
        guard let signedEntryTimestamp else { return nil }
        let entry: JSONValue = [
            "SignedEntryTimestamp": .string(signedEntryTimestamp.base64),
            "Payload": [
                "body": .string(canonicalizedBody.base64),
                "integratedTime": .integer(integratedTime), "logIndex": .integer(index),
                "logID": .string(logID.hex),
            ],
        ]
        return String(decoding: entry.text(), as: UTF8.self)
    }
}
