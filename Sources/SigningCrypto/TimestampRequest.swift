import COpenSSL

/// What a timestamp authority is asked (RFC 3161 §2.4.1).
package struct TimestampRequest: Equatable, Sendable {
    /// `TimeStampReq` in DER: version 1, no policy, and the wish for the authority's certificate.
    package let der: [UInt8]

    /// `nonce` is a big-endian number that is never negative; take 8 random bytes.
    package init(imprint: Digest, nonce: [UInt8]) throws(CryptoError) {
        let algorithm = try Handle(X509_ALGOR_new(), freedBy: X509_ALGOR_free)
        let identifier = OBJ_nid2obj(EVP_MD_get_type(imprint.algorithm.messageDigest))
        let message = try Handle(TS_MSG_IMPRINT_new(), freedBy: TS_MSG_IMPRINT_free)
        let number = try Handle(
            BN_bin2bn(nonce, Int32(clamping: nonce.count), nil), freedBy: BN_free)
        let integer = try Handle(
            BN_to_ASN1_INTEGER(number.pointer, nil), freedBy: ASN1_INTEGER_free)
        let request = try Handle(TS_REQ_new(), freedBy: TS_REQ_free)
        var bytes = imprint.bytes
        guard X509_ALGOR_set0(algorithm.pointer, identifier, V_ASN1_NULL, nil) == 1,
            TS_MSG_IMPRINT_set_algo(message.pointer, algorithm.pointer) == 1,
            TS_MSG_IMPRINT_set_msg(message.pointer, &bytes, Int32(bytes.count)) == 1,
            TS_REQ_set_version(request.pointer, 1) == 1,
            TS_REQ_set_msg_imprint(request.pointer, message.pointer) == 1,
            TS_REQ_set_nonce(request.pointer, integer.pointer) == 1,
            TS_REQ_set_cert_req(request.pointer, 1) == 1
        else { throw .failed("make a timestamp request", reason: drainedErrors()) }
        der = try encoded { i2d_TS_REQ(request.pointer, $0) }
    }
}
