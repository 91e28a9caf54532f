/// The verbs of the companion executable, which `retry-run` becomes for them.
///
/// The one list: what hands over, parses and reads the environment asks here.
package enum SigningVerb: String, CaseIterable, Sendable {
    case sign
    case attest
    case finish
    case verify
    case signBlob = "sign-blob"
    case attestBlob = "attest-blob"
    case verifyBlob = "verify-blob"
    case verifyBlobAttestation = "verify-blob-attestation"
    case generateKeyPair = "generate-key-pair"

    /// Whether the verb calls services, and so has the options of attempts, pauses and limits.
    package var callsServices: Bool { self != .generateKeyPair }

    /// Whether the verb is one of cosign's and takes its flags, among them another `--timeout`.
    package var isOfCosign: Bool { Self.allCases.contains { $0.counterparts.contains(self) } }

    /// cosign's verbs for the same; none for those that are cosign's themselves.
    package var counterparts: [SigningVerb] {
        switch self {
        case .sign: [.signBlob]
        case .attest: [.attestBlob]
        case .verify: [.verifyBlob, .verifyBlobAttestation]
        case .finish, .signBlob, .attestBlob, .verifyBlob, .verifyBlobAttestation, .generateKeyPair:
            []
        }
    }
}
