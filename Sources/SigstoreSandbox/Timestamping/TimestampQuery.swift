import SigningCrypto

/// What a `TimeStampReq` asks for (RFC 3161 §2.4.1).
struct TimestampQuery {
    /// The `MessageImprint` in DER, to be repeated.
    let imprint: [UInt8]
    /// The `INTEGER` in DER, to be repeated.
    let nonce: [UInt8]?
    let wantsCertificates: Bool

    init(_ der: [UInt8]) throws {
        var file = DERReader(der)
        guard var request = file.sequence(), file.isAtEnd, request.value(0x02)?.content == [1],
            let imprint = request.value(0x30)
        else { throw Refusal(400, "failure decoding request: it is not a TimeStampReq") }
        try Self.check(imprint)
        self.imprint = imprint.encoding
        if let policy = request.value(0x06),
            policy.encoding != DER.identifier(SandboxTimestampAuthority.policy)
        {
            throw Refusal(400, "the requested policy is not accepted")
        }
        nonce = request.value(0x02)?.encoding
        wantsCertificates = request.value(0x01)?.content == [0xFF]
        guard request.isAtEnd else {
            throw Refusal(400, "extensions of the request are not accepted")
        }
    }

    private static func check(_ imprint: DERValue) throws {
        var fields = DERReader(imprint.content)
        guard var algorithm = fields.sequence(), let identifier = algorithm.value(0x06)?.encoding,
            let digest = fields.value(0x04)?.content
        else { throw Refusal(400, "failure decoding request: it has no message imprint") }
        let lengths = [
            DER.identifier("2.16.840.1.101.3.4.2.1"): 32,
            DER.identifier("2.16.840.1.101.3.4.2.2"): 48,
            DER.identifier("2.16.840.1.101.3.4.2.3"): 64,
        ]
        guard let length = lengths[identifier] else {
            throw Refusal(400, "the hash algorithm of the request is not supported")
        }
        guard digest.count == length else {
            throw Refusal(400, "the hash has \(digest.count) bytes, not \(length)")
        }
    }
}
