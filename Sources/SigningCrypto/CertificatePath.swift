import COpenSSL
package import FoundationEssentials
import Synchronization

/// Finding a path from a certificate to one that is trusted (RFC 5280 §6).
package enum CertificatePath {
    /// How many certificates may stand between the leaf and the anchor.
    private static let maximumIntermediates: Int32 = 8
    /// Keys and hashes of at least 112 bits (NIST SP 800-57): no SHA-1, no RSA below 2048.
    private static let securityLevel: Int32 = 2

    /// A path that was valid at that time, leaf first and anchor last.
    ///
    /// Checked are the signatures, names, validity periods, basic constraints with their path
    /// lengths, key usage, name constraints, and that no critical extension is unknown. What the
    /// leaf may be used for is left to the caller. Only `anchors` end a path: one need not be
    /// self-signed, and its own signature is not checked. A root among `intermediates` counts for
    /// nothing, and the leaf is never its own anchor.
    package static func find(
        leaf: Certificate, intermediates: [Certificate], anchors: [Certificate], at time: Date
    ) throws(CryptoError) -> [Certificate] {
        var reason = "no certificate is trusted"
        // One by one: OpenSSL settles on one of several issuers of the same name.
        for anchor in anchors {
            switch try find(leaf, intermediates, anchor, time) {
            case .path(let path): return path
            case .none(let why): reason = why
            }
        }
        throw .noPath(subject: leaf.name, reason: reason)
    }

    private enum Result {
        case path([Certificate])
        case none(String)
    }

    private static func find(
        _ leaf: Certificate, _ intermediates: [Certificate], _ anchor: Certificate, _ time: Date
    ) throws(CryptoError) -> Result {
        // OpenSSL ends a validity period one second early; so times are looked at here alone.
        for certificate in [leaf, anchor] where !certificate.isValid(at: time) {
            return .none(certificate.validityText)
        }
        let current = intermediates.filter { $0.isValid(at: time) }
        let result = try timeless(Question(leaf: leaf, intermediates: current, anchor: anchor))
        guard case .none = result,
            let outdated = intermediates.first(where: { !$0.isValid(at: time) })
        else { return result }
        return .none(outdated.validityText)
    }

    /// What a path depends on besides the time.
    private struct Question: Hashable {
        let leaf: Certificate
        let intermediates: [Certificate]
        let anchor: Certificate
    }

    /// Paths that were found. Many signatures are under one certificate and one authority's timestamps, and
    /// the signatures on a path are most of what verifying costs.
    private static let known = Mutex<[Question: [Certificate]]>([:])
    private static let knownLimit = 64

    private static func timeless(_ question: Question) throws(CryptoError) -> Result {
        if let path = known.withLock({ $0[question] }) { return .path(path) }
        let result = try found(question)
        if case .path(let path) = result {
            known.withLock { known in
                if known.count >= knownLimit { known = [:] }
                known[question] = path
            }
        }
        return result
    }

    private static func found(_ question: Question) throws(CryptoError) -> Result {
        let opened = try question.leaf.opened()
        let trusted = try question.anchor.opened()
        let others = try stack(of: question.intermediates)
        let store = try Handle(X509_STORE_new(), freedBy: X509_STORE_free)
        let context = try Handle(X509_STORE_CTX_new(), freedBy: X509_STORE_CTX_free)
        guard X509_STORE_add_cert(store.pointer, trusted.pointer) == 1,
            X509_STORE_CTX_init(context.pointer, store.pointer, opened.pointer, others.pointer) == 1
        else { throw .failed("look for a certificate path", reason: drainedErrors()) }

        let parameters = X509_STORE_CTX_get0_param(context.pointer)
        X509_VERIFY_PARAM_set_flags(
            parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME))
        X509_VERIFY_PARAM_set_depth(parameters, maximumIntermediates)
        X509_VERIFY_PARAM_set_auth_level(parameters, securityLevel)
        defer { ERR_clear_error() }
        guard X509_verify_cert(context.pointer) == 1 else {
            let error = X509_STORE_CTX_get_error(context.pointer)
            return .none(String(cString: X509_verify_cert_error_string(Int(error))))
        }
        return accepted(
            try certificates(in: X509_STORE_CTX_get0_chain(context.pointer)), question.anchor)
    }

    /// What OpenSSL grants to anchors and we do not.
    private static func accepted(_ path: [Certificate], _ anchor: Certificate) -> Result {
        guard path.count > 1, path.last == anchor else {
            return .none("it does not lead to '\(anchor.name)'")
        }
        for issuer in path.dropFirst() where !issuer.isCertificateAuthority {
            return .none("'\(issuer.name)' may not issue certificates")
        }
        return .path(path)
    }
}

extension Certificate {
    /// Whether the key of one of these has signed it, whatever else may be wrong with either.
    package func isSigned(byOneOf issuers: [Certificate]) -> Bool {
        issuers.contains { issuer in
            guard issuer.subjectDER == issuerDER,
                let isSigned = try? isSigned(by: issuer)
            else { return false }
            return isSigned
        }
    }

    private func isSigned(by issuer: Certificate) throws -> Bool {
        let certificate = try opened()
        let issuer = try issuer.opened()
        defer { ERR_clear_error() }
        return X509_verify(certificate.pointer, X509_get0_pubkey(issuer.pointer)) == 1
    }

    fileprivate var validityText: String {
        "'\(name)' is valid from \(notBefore.ISO8601Format()) to \(notAfter.ISO8601Format()) only"
    }
}
