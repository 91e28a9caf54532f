import JSON
import Patterns
package import SigningCrypto

/// What a registry has beside an image, to be verified: a bundle, or what was there before bundles.
package struct ImageSignature: Sendable {
    package enum Form: String, Sendable {
        case bundle
        /// The payload of `cosign sign` before version 3.
        case simpleSigning = "simple-signing"
        /// An envelope of `cosign attest` before version 3.
        case envelope
    }

    /// The type of the statement by which an image is signed.
    package static let predicateType = "https://sigstore.dev/cosign/sign/v1"

    package let form: Form
    package let image: Digest
    package let candidate: Candidate
    /// What the signature is over, or the statement about.
    package let artifact: Artifact
    /// Of the form that is no statement.
    private let payload: [UInt8]?

    /// A Sigstore bundle.
    package init(bundle json: [UInt8], of image: Digest) {
        form = .bundle
        self.image = image
        artifact = Artifact(digests: [image])
        payload = nil
        do {
            candidate = Candidate(.success(try Bundle(json: json)))
        } catch {
            candidate = Candidate(.failure(.bundle(error)))
        }
    }

    /// A layer under the tags `.sig` and `.att`, with its annotations.
    ///
    /// Source: sigstore/cosign, `specs/SIGNATURE_SPEC.md`, `specs/BUNDLE_SPEC.md`.
    package init(
        layer: [UInt8], annotations: [String: String], isAttestation: Bool, of image: Digest
    ) {
        form = isAttestation ? .envelope : .simpleSigning
        self.image = image
        artifact =
            isAttestation
            ? Artifact(digests: [image])
            : Artifact(
                digests: HashAlgorithm.allCases.map { Digest(of: layer, using: $0) },
                message: layer)
        payload = isAttestation ? nil : layer
        do {
            candidate = Candidate(
                .success(
                    try Bundle(layer: layer, annotations, isAttestation: isAttestation)))
        } catch {
            candidate = Candidate(.failure(.bundle(BundleError(error))))
        }
    }

    private init(_ other: ImageSignature, _ candidate: Candidate) {
        form = other.form
        image = other.image
        artifact = other.artifact
        payload = other.payload
        self.candidate = candidate
    }

    package func replacing(_ candidate: Candidate) -> ImageSignature {
        ImageSignature(self, candidate)
    }
}

extension ImageSignature {
    /// What is asked of this form.
    ///
    /// - Parameter type: That of the statement.
    package func policy(_ policy: VerificationPolicy, type: String) -> VerificationPolicy {
        var policy = policy
        guard form != .simpleSigning else { return policy }
        policy.requiresAttestation = true
        policy.predicateType = type
        return policy
    }

    /// What was signed, byte for byte: the statement, or the payload.
    package var signedContent: [UInt8]? {
        guard case .envelope(let envelope)? = candidate.readable?.content else { return payload }
        return envelope.payload
    }

    /// Whether what is signed, and was verified, is about the image and has the annotations.
    package func checkClaims(
        annotations wanted: [String: String]
    ) throws(VerificationFailure) {
        let found: [String: String]
        do {
            found = try payload.map(simpleClaims) ?? statementClaims()
        } catch let failure as VerificationFailure {
            throw failure
        } catch {
            throw .statement("\(error)")
        }
        for (name, value) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let other = found[name], other.utf8.elementsEqual(value.utf8) else {
                throw .annotation(name, expected: value, found: found[name])
            }
        }
    }

    /// The annotations of the statement's subjects that are the image.
    private func statementClaims() throws -> [String: String] {
        guard let statement = signedContent else { return [:] }
        var found: [String: String] = [:]
        let node = try JSONNode(parsing: statement, keeping: .allBut("predicate"))
        for subject in try node.list("subject", limit: Statement.subjectLimit) {
            let digest = try subject.required("digest").optional(image.algorithm.rawValue)
            guard try digest?.string.lowercased() == image.hex,
                let annotations = try subject.optional("annotations")
            else { continue }
            for member in try annotations.members {
                if let text = try? member.value.string { found[member.name] = text }
            }
        }
        return found
    }

    /// Source: containers/image, `docs/containers-signature.5.md`, "simple signing".
    private func simpleClaims(_ payload: [UInt8]) throws -> [String: String] {
        let node = try JSONNode(parsing: payload)
        let critical = try node.required("critical")
        let type = try critical.required("type")
        let types = ["cosign container image signature", "atomic container signature"]
        guard TextRule.oneOf(types).accepts(try type.string) else {
            throw type.unexpected("the signature of an image")
        }
        let digest = try critical.required("image").required("docker-manifest-digest").string
        guard digest.utf8.elementsEqual(image.label.utf8) else {
            throw VerificationFailure.subject(artifact: image.label, subjects: [digest])
        }
        var found: [String: String] = [:]
        for member in try node.optional("optional")?.members ?? [] {
            if let text = try? member.value.string { found[member.name] = text }
        }
        return found
    }
}

extension Bundle {
    /// An old signature, or an old attestation.
    fileprivate init(
        layer: [UInt8], _ annotations: [String: String], isAttestation: Bool
    ) throws {
        var signer = Signer.publicKey(hint: "")
        if let certificate = annotations["dev.sigstore.cosign/certificate"], !certificate.isEmpty {
            let chain = annotations["dev.sigstore.cosign/chain"] ?? ""
            signer = try Signer(pem: "\(certificate)\n\(chain)")
        }
        let entries = try annotations["dev.sigstore.cosign/bundle"].flatMap { text in
            text.isEmpty ? nil : [try LogEntry(cosign: JSONNode(parsing: Array(text.utf8)))]
        }
        let timestamps = try annotations["dev.sigstore.cosign/rfc3161timestamp"].flatMap { text in
            text.isEmpty
                ? nil
                : [
                    try JSONNode(parsing: Array(text.utf8))
                        .requiredBytes("SignedRFC3161Timestamp")
                ]
        }
        let content: Content
        if isAttestation {
            content = .envelope(try Envelope(JSONNode(parsing: layer)))
        } else {
            let text = annotations["dev.cosignproject.cosign/signature"] ?? ""
            guard let signature = [UInt8](base64: text), !signature.isEmpty else {
                throw BundleError.noSignatureAnnotation
            }
            content = .message(signature: signature, digest: nil)
        }
        self.init(
            version: .v01, signer: signer, entries: entries ?? [], timestamps: timestamps ?? [],
            content: content, isDetached: true)
    }
}
