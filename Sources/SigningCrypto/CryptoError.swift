import COpenSSL

/// Keys, certificates or signatures that cannot be used.
package enum CryptoError: Error, Equatable {
    /// Bytes or text that are not what they are given as.
    case malformed(String, reason: String)
    /// Something well formed that this room does not work with.
    case unsupported(String, found: String)
    /// No path leads from the certificate to an anchor at that time.
    case noPath(subject: String, reason: String)
    /// The password does not open the key; or the key file was changed.
    case wrongPassword
    /// OpenSSL could not do its part.
    case failed(String, reason: String)
}

extension CryptoError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let what, let reason):
            "malformed \(what): \(reason)"
        case .unsupported(let what, let found):
            "unsupported \(what): \(found)"
        case .noPath(let subject, let reason):
            "no path from the certificate '\(subject)' to a trusted one: \(reason)"
        case .wrongPassword:
            "wrong password for the private key"
        case .failed(let what, let reason):
            "cannot \(what): \(reason)"
        }
    }
}

/// What OpenSSL has put on record on this thread, oldest first; the record is empty afterwards.
func drainedErrors() -> String {
    var reasons: [String] = []
    while case let code = ERR_get_error(), code != 0 {
        let reason = ERR_reason_error_string(code).map { String(cString: $0) }
        reasons.append(reason ?? "OpenSSL error \(code)")
    }
    return reasons.isEmpty ? "OpenSSL gives no reason" : reasons.joined(separator: ", ")
}
