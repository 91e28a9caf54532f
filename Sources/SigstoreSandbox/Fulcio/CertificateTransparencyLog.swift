import FoundationEssentials
import SigningCrypto

/// A log that promises to include each certificate it is shown, and keeps none (RFC 6962).
struct CertificateTransparencyLog {
    let key: PrivateKey
    /// SHA-256 of the key's SubjectPublicKeyInfo.
    let logID: [UInt8]

    init() throws {
        key = try PrivateKey.generate()
        logID = Digest(of: key.publicKey.subjectPublicKeyInfo).bytes
    }

    /// The extension with this log's one promise for the certificate without it.
    ///
    /// `isForged` gives a promise for another one.
    func promise(
        toBeSigned: [UInt8], issuer: PublicKey, at time: Date, isForged: Bool
    ) throws -> CertificateExtensionField {
        let milliseconds = bigEndian(Int64(time.timeIntervalSince1970 * 1000), count: 8)
        let certificate = isForged ? toBeSigned + [0] : toBeSigned
        // RFC 6962 §3.2: version, certificate_timestamp, time, precert_entry, no extensions.
        let message =
            [0, 0] + milliseconds + [0, 1] + Digest(of: issuer.subjectPublicKeyInfo).bytes
            + bigEndian(certificate.count, count: 3) + certificate + [0, 0]
        let signature = try key.sign(message: message, scheme: .ecdsa(.sha256))
        // 4 is SHA-256 and 3 is ECDSA (RFC 5246 §7.4.1.4.1).
        let timestamp = [0] + logID + milliseconds + [0, 0] + [4, 3] + vector(signature)
        return CertificateExtensionField(
            identifier: "1.3.6.1.4.1.11129.2.4.2", value: DER.octets(vector(vector(timestamp))))
    }

    /// `opaque vector<0..2^16-1>` (RFC 8446 §3.4).
    private func vector(_ bytes: [UInt8]) -> [UInt8] {
        bigEndian(bytes.count, count: 2) + bytes
    }
}
