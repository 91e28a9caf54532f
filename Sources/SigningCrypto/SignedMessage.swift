import COpenSSL
import Synchronization

/// A SignedData of the Cryptographic Message Syntax (RFC 5652), read once: to read the certificates that it
/// carries along takes longer than to verify its signature.
///
/// OpenSSL writes in there who has signed while it verifies, so it is one thread's at a time.
final class SignedMessage: Sendable {
    /// The NID of the type of what is signed.
    let contentType: Int32
    /// What is signed; nothing where it is not inside.
    let content: [UInt8]
    private let object: Mutex<Handle<OpaquePointer>>

    /// - Parameter der: A ContentInfo.
    init(der: [UInt8]) throws(CryptoError) {
        let message = try Handle(
            der: der, "SignedData", by: d2i_CMS_ContentInfo, freedBy: CMS_ContentInfo_free)
        let isSigned = OBJ_obj2nid(CMS_get0_type(message.pointer)) == NID_pkcs7_signed
        contentType =
            isSigned ? OBJ_obj2nid(CMS_get0_eContentType(message.pointer)) : NID_undef
        let content = isSigned ? CMS_get0_content(message.pointer)?.pointee : nil
        self.content = content.map { bytes(of: $0) } ?? []
        object = Mutex(message)
    }

    /// Something with OpenSSL's object, which must not outlive it.
    func use(_ body: (OpaquePointer) throws -> Void) rethrows {
        try object.withLock { try body($0.pointer) }
    }
}
