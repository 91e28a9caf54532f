/// A timestamp that was not given, or proves nothing.
package enum TimestampError: Error, Equatable {
    case malformed(reason: String)
    /// The authority refused; the status is RFC 3161's `PKIStatus`, the text the authority's own, cut off.
    case notGranted(status: Int64, failure: TimestampFailure?, text: String)
    /// Anything but SHA-256, SHA-384 and SHA-512.
    case unsupportedHash(String)
    /// The stamped bytes are other bytes; both digests in hexadecimal.
    case otherImprint(expected: String, found: String)
    /// Both in hexadecimal; `found` is nil when the token holds none.
    case otherNonce(expected: String, found: String?)
    /// The authority's certificate may not sign timestamps.
    case unfitSigner(reason: String)
    /// The signature is not one of the authority's certificate.
    case signature(reason: String)
    /// The authority's certificate was not valid or not trusted when the timestamp was made.
    case path(CryptoError)
}

/// Why an authority has given no timestamp: the bits of `PKIFailureInfo` (RFC 3161 §2.4.2).
package enum TimestampFailure: Int32, CaseIterable {
    case badAlg = 0
    case badRequest = 2
    case badDataFormat = 5
    case timeNotAvailable = 14
    case unacceptedPolicy = 15
    case unacceptedExtension = 16
    case addInfoNotAvailable = 17
    case systemFailure = 25

    /// Whether the authority is in trouble, whatever it was asked.
    package var isTransient: Bool { self == .timeNotAvailable || self == .systemFailure }
}

extension TimestampError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason):
            "malformed timestamp: \(reason)"
        case .notGranted(let status, let failure, let text):
            "the timestamp authority answers with status \(status)"
                + (failure.map { " (\($0))" } ?? "") + (text.isEmpty ? "" : ": \(text)")
        case .unsupportedHash(let name):
            "unsupported hash in the timestamp: \(name)"
        case .otherImprint(let expected, let found):
            "the timestamp is for \(found), not for \(expected)"
        case .otherNonce(let expected, let found):
            "the timestamp answers \(found.map { "nonce \($0)" } ?? "no nonce"), not \(expected)"
        case .unfitSigner(let reason):
            "the timestamp authority's certificate may not sign timestamps: \(reason)"
        case .signature(let reason):
            "the timestamp is not signed by the timestamp authority: \(reason)"
        case .path(let error):
            "the timestamp authority's certificate: \(error)"
        }
    }
}
