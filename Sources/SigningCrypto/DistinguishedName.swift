import COpenSSL

/// A name in one line of ASCII, most specific part first (RFC 2253).
func distinguishedName(_ name: OpaquePointer?) throws(CryptoError) -> String {
    let output = try Handle(BIO_new(BIO_s_mem()), freedBy: { BIO_free($0) })
    guard X509_NAME_print_ex(output.pointer, name, 0, X509_NAME_FLAGS_RFC2253) >= 0 else {
        throw .failed("print a name", reason: drainedErrors())
    }
    var start: UnsafePointer<UInt8>?
    let length = BIO_ctrl(output.pointer, BIO_CTRL_INFO, 0, &start)
    return String(decoding: UnsafeBufferPointer(start: start, count: max(0, length)), as: UTF8.self)
}
