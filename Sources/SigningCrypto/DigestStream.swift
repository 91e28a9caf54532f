import COpenSSL

/// Hashes bytes that come piece by piece, in constant memory.
package final class DigestStream {
    private let algorithm: HashAlgorithm
    private let context: Handle<OpaquePointer>

    package init(_ algorithm: HashAlgorithm = .sha256) {
        self.algorithm = algorithm
        do {
            context = try Handle(EVP_MD_CTX_new(), freedBy: EVP_MD_CTX_free)
        } catch {
            preconditionFailure("\(error)")
        }
        start()
    }

    private func start() {
        Self.require(context.use { EVP_DigestInit_ex($0, algorithm.messageDigest, nil) })
    }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        Self.require(context.use { EVP_DigestUpdate($0, bytes.baseAddress, bytes.count) })
    }

    package func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes(update)
    }

    /// The digest of everything so far. The stream starts anew after it.
    package func finish() -> Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { buffer, count in
            Self.require(context.use { EVP_DigestFinal_ex($0, buffer.baseAddress, nil) })
            count = algorithm.byteCount
        }
        start()
        return Digest(computed: bytes, by: algorithm)
    }

    /// SHA-2 has no failure that depends on its input, only an OpenSSL without it or without memory.
    private static func require(_ status: Int32) {
        precondition(status == 1, "OpenSSL cannot hash: \(drainedErrors())")
    }
}
