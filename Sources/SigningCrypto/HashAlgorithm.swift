import COpenSSL

/// A hash function of the SHA-2 family (FIPS 180-4).
package enum HashAlgorithm: String, Sendable, CaseIterable {
    case sha256, sha384, sha512

    /// The length of a digest.
    package var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// OpenSSL's constant, which nobody frees.
    var messageDigest: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    /// The algorithm of that OpenSSL number (`NID`); nil for all others, SHA-1 among them.
    init?(identifier: Int32) {
        switch identifier {
        case NID_sha256: self = .sha256
        case NID_sha384: self = .sha384
        case NID_sha512: self = .sha512
        default: return nil
        }
    }
}
