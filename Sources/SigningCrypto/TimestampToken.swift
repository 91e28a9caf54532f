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
    /// The authority has changed something of what was asked for: `PKIStatus` 1.
    package let isModified: Bool
    let message: SignedMessage

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
        let parts = try Self.parts(of: der)
        guard let status = parts.first, parts.count <= 2 else {
            throw TimestampError.malformed(reason: "the response has \(parts.count) parts")
        }
        do {
            isModified = try Self.grantedStatus(status) != 0
        } catch is TimestampError where parts.count > 1 {
            throw TimestampError.malformed(reason: "the response has a token, which is not granted")
        }
        guard parts.count == 2 else {
            throw TimestampError.malformed(reason: "the response has no token")
        }
        message = try SignedMessage(der: parts[1])
        guard message.contentType == NID_id_smime_ct_TSTInfo else {
            throw TimestampError.malformed(reason: "the response has no token")
        }
        let information = try Handle(
            der: message.content, "TSTInfo", by: d2i_TS_TST_INFO, freedBy: TS_TST_INFO_free)
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
    }

    /// What a `TimeStampResp` holds, each with its tag. OpenSSL's own reader of one reads what the token carries
    /// along a second time.
    private static func parts(of response: [UInt8]) throws(CryptoError) -> [[UInt8]] {
        let elements = try Handle(
            der: response, "TimeStampResp", by: d2i_ASN1_SEQUENCE_ANY,
            freedBy: {
                OPENSSL_sk_pop_free($0) {
                    ASN1_TYPE_free($0?.assumingMemoryBound(to: ASN1_TYPE.self))
                }
            })
        guard try encoded(by: { i2d_ASN1_SEQUENCE_ANY(elements.pointer, $0) }) == response else {
            throw .malformed("TimeStampResp", reason: "it is not in DER")
        }
        return (0..<max(0, OPENSSL_sk_num(elements.pointer))).map { index in
            let element = OPENSSL_sk_value(elements.pointer, index)?
                .assumingMemoryBound(to: ASN1_TYPE.self)
            guard let element, ASN1_TYPE_get(element) == V_ASN1_SEQUENCE else { return [] }
            return bytes(of: element.pointee.value.sequence)
        }
    }

    /// 0 or 1.
    private static func grantedStatus(_ der: [UInt8]) throws -> Int64 {
        let information = try Handle(
            der: der, "PKIStatusInfo", by: d2i_TS_STATUS_INFO, freedBy: TS_STATUS_INFO_free)
        var status: Int64 = -1
        ASN1_INTEGER_get_int64(&status, TS_STATUS_INFO_get0_status(information.pointer))
        guard status == 0 || status == 1 else {
            let lines = TS_STATUS_INFO_get0_text(information.pointer)
            let text = (0..<max(0, OPENSSL_sk_num(lines))).map {
                let line = OPENSSL_sk_value(lines, $0)?.assumingMemoryBound(to: ASN1_STRING.self)
                return String(decoding: bytes(of: line), as: UTF8.self)
            }
            let bits = TS_STATUS_INFO_get0_failure_info(information.pointer)
            throw TimestampError.notGranted(
                status: status,
                failure: TimestampFailure.allCases.first {
                    ASN1_BIT_STRING_get_bit(bits, $0.rawValue) == 1
                }, text: String(text.joined(separator: " ").prefix(textLimit)))
        }
        return status
    }

    /// Of a refusal's text: more is no sentence for people.
    private static let textLimit = 300

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
}
