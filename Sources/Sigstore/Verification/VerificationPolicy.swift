package import Patterns
package import SigningCrypto

/// What a verifier asks for. There is none that asks for nobody.
package struct VerificationPolicy: Sendable {
    package enum Signer: Sendable {
        /// A certificate for this identity, vouched for by this issuer.
        case identity(TextRule, issuer: TextRule, workflow: [WorkflowClaim: String] = [:])
        /// A key that the caller has got some other way.
        case key(PublicKey)
    }

    package let signer: Signer
    /// The type that an attestation's predicate must have; nil for any.
    package var predicateType: String?
    /// Whether it must be an attestation, not a signature over the artifact itself.
    package var requiresAttestation = false
    /// Whether an attestation must be about the artifact.
    package var checksSubject = true
    package var requiresLogEntry = true
    package var requiresCertificateTimestamp = true
    /// Whether a timestamp authority's word is needed, not only a log's.
    package var requiresTimestamp = false

    package init(signer: Signer) {
        self.signer = signer
    }

    package var key: PublicKey? {
        guard case .key(let key) = signer else { return nil }
        return key
    }
}

/// What a certificate says about the GitHub workflow it was issued to.
package enum WorkflowClaim: String, CaseIterable, Sendable {
    case trigger
    case sha
    case name
    case repository
    case ref

    /// Fulcio's OID information, 1.3.6.1.4.1.57264.1.2 to 1.6: plain text, not DER.
    var extensionIdentifier: String {
        switch self {
        case .trigger: "1.3.6.1.4.1.57264.1.2"
        case .sha: "1.3.6.1.4.1.57264.1.3"
        case .name: "1.3.6.1.4.1.57264.1.4"
        case .repository: "1.3.6.1.4.1.57264.1.5"
        case .ref: "1.3.6.1.4.1.57264.1.6"
        }
    }
}
