import FoundationEssentials
import SigningCrypto

/// Puts a `TSTInfo` into a `SignedData` with one signer (RFC 5652 §5.1, RFC 3161 §2.4.2).
struct TimestampSigner {
    let key: PrivateKey
    let certificate: Certificate

    private static let content = DER.identifier("1.2.840.113549.1.9.16.1.4")
    private static let sha256 = DER.sequence(DER.identifier("2.16.840.1.101.3.4.2.1"), DER.null)

    func token(
        _ information: [UInt8], at time: Date, certificates: [Certificate]
    ) throws -> [UInt8] {
        let embedded =
            certificates.isEmpty
            ? [] : DER.tagged(0xA0, certificates.map(\.der).sorted(by: precedes).joined())
        let signedData = DER.sequence(
            DER.integer(3),
            DER.set(of: [Self.sha256]),
            DER.sequence(Self.content, DER.explicit(0, DER.octets(information))),
            embedded,
            DER.set(of: [try signerInfo(information, at: time)]))
        return DER.sequence(
            DER.identifier("1.2.840.113549.1.7.2"), DER.explicit(0, signedData))
    }

    /// RFC 5652 §5.3, by issuer and serial number: version 1.
    private func signerInfo(_ information: [UInt8], at time: Date) throws -> [UInt8] {
        // RFC 5035 §3: the default algorithm, SHA-256, is not written.
        let certificateID = DER.sequence(
            DER.sequence(DER.sequence(DER.octets(Digest(of: certificate.der).bytes))))
        let attributes = [
            attribute("1.2.840.113549.1.9.3", Self.content),
            attribute("1.2.840.113549.1.9.5", time.certificateTime),
            attribute("1.2.840.113549.1.9.4", DER.octets(Digest(of: information).bytes)),
            attribute("1.2.840.113549.1.9.16.2.47", certificateID),
        ]
        // RFC 5652 §5.4: signed as a set, stored with the tag of its place.
        let signed = DER.set(of: attributes)
        let signature = try key.sign(message: signed, scheme: .ecdsa(.sha256))
        return DER.sequence(
            DER.integer(1),
            DER.sequence(certificate.issuerDER, DER.integer(magnitude: certificate.serialNumber)),
            Self.sha256,
            [0xA0] + signed.dropFirst(),
            DER.sequence(DER.identifier("1.2.840.10045.4.3.2")),
            DER.octets(signature))
    }

    private func attribute(_ identifier: String, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(DER.identifier(identifier), DER.set(of: [value]))
    }

    private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.lexicographicallyPrecedes(right)
    }
}
