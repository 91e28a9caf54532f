package import JSON
package import SigningCrypto

/// A file that is no bundle, or a bundle that breaks the rules of its version.
package enum BundleError: Error, Equatable {
    case malformed(JSONError)
    case tooLong(Int)
    case mediaType(String)
    /// A file that holds something else.
    case other(FileKind)
    case tooMany(Int)
    case noneInside
    case elsewhere(String)
    case otherSignature
    case otherThanSignature(FileKind)
    case certificate(CryptoError)
    case notOne(of: [String])
    case chainInVersion03
    case emptyChain
    case signatureCount(Int)
    case duplicateTimestamp
    case noInclusionPromise(Bundle.Version)
    case noInclusionProof(Bundle.Version)
    case noCheckpoint(Bundle.Version)
    /// Of an old signature of an image.
    case noSignatureAnnotation
}

extension BundleError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error): "\(error)"
        case .tooLong(let size): "\(size) bytes are more than the \(BundleLimit.size) of any bundle"
        case .mediaType(let type):
            "media type '\(type)' is not that of a Sigstore bundle of version 0.1, 0.2 or 0.3"
        case .other(let kind):
            "this is \(kind.name), not a bundle\(kind.hint.map { "; \($0)" } ?? "")"
        case .tooMany(let count):
            "\(count) bundles are more than the \(BundleFile.limit) that are read"
        case .noneInside: "the list of attestations is empty"
        case .elsewhere(let place):
            "'\(place)' has only the address of a bundle ('bundle_url'); fetch it from there"
        case .otherThanSignature(let kind): "this is \(kind.name), not a signature"
        case .otherSignature: "the bundle is of another signature than the one given"
        case .certificate(let error): "\(error)"
        case .notOne(let names): "there must be exactly one of \(names.joined(separator: ", "))"
        case .chainInVersion03: "a bundle of version 0.3 has one certificate, not a chain"
        case .emptyChain: "the certificate chain is empty"
        case .signatureCount(let count): "the envelope has \(count) signatures instead of one"
        case .duplicateTimestamp: "duplicate timestamp"
        case .noInclusionPromise(let version):
            "a log entry of a version \(version.rawValue) bundle has no inclusion promise"
        case .noInclusionProof(let version):
            "a log entry of a version \(version.rawValue) bundle has no inclusion proof"
        case .noCheckpoint(let version):
            "an inclusion proof of a version \(version.rawValue) bundle has no checkpoint"
        case .noSignatureAnnotation: "the layer has no signature in its annotations"
        }
    }
}

extension BundleError {
    /// What has come up while a bundle was read.
    init(_ error: any Error) {
        switch error {
        case let error as BundleError: self = error
        case let error as CryptoError: self = .certificate(error)
        case let error as JSONError: self = .malformed(error)
        default: preconditionFailure("\(error) is no error of reading")
        }
    }
}
