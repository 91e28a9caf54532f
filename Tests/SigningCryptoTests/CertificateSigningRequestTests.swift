import SigningCrypto
import Testing

@Suite struct CertificateSigningRequestTests {
    @Test(
        "a request has an empty subject, the key, no attributes, and the key's own signature",
        arguments: [
            KeyKind.ecdsa(.p256), .ecdsa(.p384), .ecdsa(.p521), .rsa(bits: 2048), .ed25519,
        ])
    func request(kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)

        let request = try CertificateSigningRequest(key: key)

        // RFC 2986 §4.1: version, subject, SubjectPublicKeyInfo, attributes.
        let information =
            [0x02, 0x01, 0x00, 0x30, 0x00] + key.publicKey.subjectPublicKeyInfo + [0xA0, 0x00]
        let signed = sequence(information)
        #expect(request.der.firstRange(of: signed)?.lowerBound == header(request.der))
        #expect(
            (1...request.der.count).contains { count in
                key.publicKey.isValid(
                    request.der.suffix(count), ofMessage: signed,
                    scheme: key.publicKey.defaultScheme)
            })
        #expect(request.pem.hasPrefix("-----BEGIN CERTIFICATE REQUEST-----\n"))
        #expect(try PEMBlock.blocks(in: request.pem).first?.bytes == request.der)
    }

    private func sequence(_ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(count)]
            case ..<0x100: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            }
        return [0x30] + length + content
    }

    /// The number of bytes before the content of a value in DER.
    private func header(_ der: [UInt8]) -> Int {
        der[1] < 0x80 ? 2 : 2 + Int(der[1] & 0x7F)
    }
}
