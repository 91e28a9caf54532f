import COpenSSL

/// The certificates as a list of OpenSSL's, which owns them.
func stack(of certificates: [Certificate]) throws(CryptoError) -> Handle<OpaquePointer> {
    let stack = try Handle(OPENSSL_sk_new_null(), freedBy: freeCertificateStack)
    for certificate in certificates {
        let opened = try certificate.opened()
        guard OPENSSL_sk_push(stack.pointer, UnsafeRawPointer(opened.pointer)) > 0 else {
            throw .failed("make a list of certificates", reason: drainedErrors())
        }
        // The list has a reference of its own from here on.
        X509_up_ref(opened.pointer)
    }
    return stack
}

func freeCertificateStack(_ stack: OpaquePointer) {
    OPENSSL_sk_pop_free(stack) { X509_free($0.map { OpaquePointer($0) }) }
}

/// The certificates of a list that OpenSSL keeps.
func certificates(in stack: OpaquePointer?) throws(CryptoError) -> [Certificate] {
    var certificates: [Certificate] = []
    for index in 0..<max(0, OPENSSL_sk_num(stack)) {
        guard let element = OPENSSL_sk_value(stack, index) else { continue }
        certificates.append(try Certificate(OpaquePointer(element)))
    }
    return certificates
}
