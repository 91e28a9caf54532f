import CTLS
import SigningCrypto

/// A certificate and its key, as a server of TLS uses them.
///
/// `@unchecked Sendable`: nothing changes once it is made, and OpenSSL lets any number of threads open
/// sessions of one context (openssl-threads(7)).
final class TLSContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(certificate: Certificate, key: PrivateKey) throws {
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw CryptoError.failed("make a TLS context", reason: "libssl makes none")
        }
        pointer = context
        let (certificate, key) = (certificate.der, try key.pkcs8)
        guard SSL_CTX_use_certificate_ASN1(context, Int32(certificate.count), certificate) == 1,
            SSL_CTX_use_PrivateKey_ASN1(EVP_PKEY_EC, context, key, key.count) == 1
        else { throw CryptoError.failed("use a certificate for TLS", reason: "libssl refuses it") }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// A session that waits for a client.
    func session() -> TLSSession {
        TLSSession(SSL_new(pointer))
    }
}

/// One connection's TLS on bytes in memory: what arrives is put in, what is to be sent is taken out.
struct TLSSession: ~Copyable {
    private let pointer: OpaquePointer?
    private let incoming = BIO_new(BIO_s_mem())
    private let outgoing = BIO_new(BIO_s_mem())

    fileprivate init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
        SSL_set_bio(pointer, incoming, outgoing)
        SSL_set_accept_state(pointer)
    }

    deinit {
        SSL_free(pointer)
    }

    /// Takes in what has arrived. The application's bytes in it, and whether more can come.
    func open(_ bytes: [UInt8]) -> (content: [UInt8], isOpen: Bool) {
        BIO_write(incoming, bytes, Int32(bytes.count))
        var content: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            ERR_clear_error()
            let count = SSL_read(pointer, &part, Int32(part.count))
            guard count > 0 else {
                return (content, SSL_get_error(pointer, count) == SSL_ERROR_WANT_READ)
            }
            content += part.prefix(Int(count))
        }
    }

    /// Makes records of the application's bytes.
    func seal(_ bytes: [UInt8]) {
        ERR_clear_error()
        if !bytes.isEmpty { SSL_write(pointer, bytes, Int32(bytes.count)) }
    }

    /// Makes the alert that says that nothing follows.
    func close() {
        ERR_clear_error()
        SSL_shutdown(pointer)
    }

    /// What is to be sent since it was last asked for.
    func takeOutgoing() -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while case let count = BIO_read(outgoing, &part, Int32(part.count)), count > 0 {
            bytes += part.prefix(Int(count))
        }
        return bytes
    }
}
