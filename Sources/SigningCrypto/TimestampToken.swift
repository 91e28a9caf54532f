import COpenSSL
package import FoundationEssentials

/// A timestamp authority's statement that some bytes existed at a time (RFC 3161).
///
/// Reading it proves nothing; `verify` does.
package struct TimestampToken: Sendable {
    /// When the bytes existed at the latest, with the fraction of a second that was given.
    package let genTime: Date
    /// The digest of the stamped bytes.
    package let imprint: Digest
    /// The magnitude, without zeros before it. Nil when the token has none, or a negative one,
    /// which answers no request of ours.
    package let nonce: [UInt8]?
    package let serialNumber: [UInt8]
    /// The object identifier of the authority's policy.
    package let policy: String
    /// What the token carries along. None of it is trusted for that.
    package let embeddedCertificates: [Certificate]
    /// The SignedData, as a ContentInfo in DER.
    let signedData: [UInt8]

    /// The token in a `TimeStampResp` in DER without a byte more.
    ///
    /// RFC 3161 §2.4.2: there is one when the status is 0 (granted) or 1 (granted with changes).
    package init(response der: [UInt8]) throws(TimestampError) {
        do {
            try self.init(granted: der)
        } catch let error as TimestampError {
            throw error
        } catch {
            throw .malformed(reason: "\(error)")
        }
    }

    private init(granted der: [UInt8]) throws {
        let response = try Handle(
            der: der, "TimeStampResp", by: d2i_TS_RESP, freedBy: TS_RESP_free)
        try Self.requireGranted(TS_RESP_get_status_info(response.pointer))
        guard let token = TS_RESP_get_token(response.pointer) else {
            throw TimestampError.malformed(reason: "the response has no token")
        }
        signedData = try encoded { i2d_PKCS7(token, $0) }

        let message = try Handle(
            der: signedData, "SignedData", by: d2i_CMS_ContentInfo, freedBy: CMS_ContentInfo_free)
        guard let content = CMS_get0_content(message.pointer)?.pointee else {
            throw TimestampError.malformed(reason: "the response has no token")
        }
        let information = try Handle(
            der: bytes(of: content), "TSTInfo", by: d2i_TS_TST_INFO, freedBy: TS_TST_INFO_free)
        let pointer = information.pointer
        guard TS_TST_INFO_get_version(pointer) == 1 else {
            throw TimestampError.malformed(
                reason: "version \(TS_TST_INFO_get_version(pointer)) instead of 1")
        }
        guard TS_TST_INFO_get_ext_by_critical(pointer, 1, -1) < 0 else {
            throw TimestampError.malformed(reason: "it has an unknown critical extension")
        }
        imprint = try Self.imprint(TS_TST_INFO_get_msg_imprint(pointer))
        genTime = try Date(timestampTime: TS_TST_INFO_get_time(pointer))
        policy = ObjectIdentifier.text(TS_TST_INFO_get_policy_id(pointer))
        serialNumber = bytes(of: TS_TST_INFO_get_serial(pointer))
        nonce = TS_TST_INFO_get_nonce(pointer).flatMap {
            ASN1_STRING_type($0) == V_ASN1_INTEGER ? bytes(of: $0) : nil
        }
        embeddedCertificates = try Self.certificates(embeddedIn: message.pointer)
    }

    private static func requireGranted(_ information: OpaquePointer?) throws {
        var status: Int64 = -1
        ASN1_INTEGER_get_int64(&status, TS_STATUS_INFO_get0_status(information))
        guard status == 0 || status == 1 else {
            let lines = TS_STATUS_INFO_get0_text(information)
            let text = (0..<max(0, OPENSSL_sk_num(lines))).map {
                let line = OPENSSL_sk_value(lines, $0)?.assumingMemoryBound(to: ASN1_STRING.self)
                return String(decoding: bytes(of: line), as: UTF8.self)
            }
            throw TimestampError.notGranted(status: status, text: text.joined(separator: " "))
        }
    }

    private static func imprint(_ imprint: OpaquePointer?) throws -> Digest {
        var identifier: OpaquePointer?
        X509_ALGOR_get0(&identifier, nil, nil, TS_MSG_IMPRINT_get_algo(imprint))
        guard let algorithm = HashAlgorithm(identifier: OBJ_obj2nid(identifier)) else {
            throw TimestampError.unsupportedHash(ObjectIdentifier.text(identifier))
        }
        let hashed = bytes(of: TS_MSG_IMPRINT_get_msg(imprint))
        guard let digest = Digest(algorithm: algorithm, bytes: hashed) else {
            throw TimestampError.malformed(
                reason: "an imprint of \(hashed.count) bytes with \(algorithm.rawValue)")
        }
        return digest
    }

    /// Those among the embedded certificates that this room can work with.
    private static func certificates(embeddedIn message: OpaquePointer) throws -> [Certificate] {
        guard let list = CMS_get1_certs(message) else { return [] }
        let stack = try Handle(list, freedBy: freeCertificateStack)
        return (0..<max(0, OPENSSL_sk_num(stack.pointer))).compactMap { index in
            OPENSSL_sk_value(stack.pointer, index).flatMap { try? Certificate(OpaquePointer($0)) }
        }
    }
}
