package import JSON
package import SigningCrypto

/// A file that is no bundle, or a bundle that breaks the rules of its version.
package enum BundleError: Error, Equatable {
    case malformed(JSONError)
    case tooLong(Int)
    case mediaType(String)
    case cosignFormat
    case severalBundles
    case certificate(CryptoError)
    case notOne(of: [String])
    case chainInVersion03
    case emptyChain
    case rootInChain(String)
    case signatureCount(Int)
    case duplicateTimestamp
    case noInclusionPromise(Bundle.Version)
    case noInclusionProof(Bundle.Version)
    case noCheckpoint(Bundle.Version)
}

extension BundleError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error): "\(error)"
        case .tooLong(let size): "\(size) bytes are more than the \(BundleLimit.size) of any bundle"
        case .mediaType(let type):
            "media type '\(type)' is not that of a Sigstore bundle of version 0.1, 0.2 or 0.3"
        case .cosignFormat:
            "this is cosign's own older format, not a Sigstore bundle; "
                + "sign again, or convert it with 'cosign bundle create'"
        case .severalBundles: "the file holds several bundles, one per line; give it one"
        case .certificate(let error): "\(error)"
        case .notOne(let names): "there must be exactly one of \(names.joined(separator: ", "))"
        case .chainInVersion03: "a bundle of version 0.3 has one certificate, not a chain"
        case .emptyChain: "the certificate chain is empty"
        case .rootInChain(let subject): "the certificate chain holds the root '\(subject)'"
        case .signatureCount(let count): "the envelope has \(count) signatures instead of one"
        case .duplicateTimestamp: "the same timestamp is there twice"
        case .noInclusionPromise(let version):
            "a log entry of a version \(version.rawValue) bundle has no inclusion promise"
        case .noInclusionProof(let version):
            "a log entry of a version \(version.rawValue) bundle has no inclusion proof"
        case .noCheckpoint(let version):
            "an inclusion proof of a version \(version.rawValue) bundle has no checkpoint"
        }
    }
}
