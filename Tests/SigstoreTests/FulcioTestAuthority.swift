import FoundationEssentials
import JSON
import SigningCrypto
import TestSupport

@testable import Sigstore

/// A certificate authority in Fulcio's profile, with a certificate log.
struct FulcioTestAuthority {
    enum Promise {
        case embedded, detached, none
    }

    static let identity = "signer@example.com"
    static let issuer = "https://issuer.example"

    let key: PrivateKey
    let logKey: PrivateKey
    let root: Certificate

    init() throws {
        key = try .generate()
        logKey = try .generate()
        root = try Certificate(
            der: DER.signed(
                DER.certificate(
                    DER.name("authority"), DER.name("authority"), key.publicKey,
                    [
                        DER.extension(
                            "2.5.29.19", DER.sequence([0x01, 0x01, 0xFF]), critical: true),
                        DER.extension("2.5.29.15", [0x03, 0x02, 0x01, 0x06], critical: true),
                    ]), by: key))
    }

    func issue(
        _ publicKey: PublicKey, promise: Promise = .embedded, usage: String = "1.3.6.1.5.5.7.3.3"
    ) throws -> IssuedCertificate {
        var extensions = [
            DER.extension("2.5.29.15", [0x03, 0x02, 0x07, 0x80], critical: true),
            DER.extension("2.5.29.37", DER.sequence(DER.objectIdentifier(usage))),
            DER.extension(
                "2.5.29.17", DER.sequence(DER.value(0x81, Array(Self.identity.utf8))),
                critical: true),
            DER.extension("1.3.6.1.4.1.57264.1.8", DER.value(0x0C, Array(Self.issuer.utf8))),
        ]
        func leaf() -> [UInt8] {
            DER.certificate(DER.name("authority"), DER.sequence([]), publicKey, extensions)
        }
        if promise == .embedded {
            let issuer = Digest(of: key.publicKey.subjectPublicKeyInfo).bytes
            let list = try self.promise(to: [0, 1] + issuer + DER.vector(24, leaf()))
            extensions.append(
                DER.extension(
                    "1.3.6.1.4.1.11129.2.4.2",
                    DER.value(0x04, DER.vector(16, DER.vector(16, list)))))
        }
        let certificate = try Certificate(der: DER.signed(leaf(), by: key))
        guard promise == .detached else { return IssuedCertificate(leaf: certificate) }
        return IssuedCertificate(
            leaf: certificate,
            detachedTimestamp: try SignedCertificateTimestamp(
                self.promise(to: [0, 0] + DER.vector(24, certificate.der))))
    }

    /// RFC 6962 §3.2, with extensions of two bytes.
    private func promise(to entry: [UInt8]) throws -> [UInt8] {
        let time = UInt64(Self.start.timeIntervalSince1970 * 1000).bigEndianBytes
        let extensions: [UInt8] = [0, 2, 7, 7]
        let signature = try logKey.sign(
            message: [0, 0] + time + entry + extensions, scheme: .ecdsa(.sha256))
        return [0] + logID + time + extensions + [4, 3] + DER.vector(16, signature)
    }

    private var logID: [UInt8] { Digest(of: logKey.publicKey.subjectPublicKeyInfo).bytes }

    /// 2026-01-15 12:00:00 UTC, as in every certificate.
    static let start = Date(timeIntervalSince1970: 1_768_478_400)

    var trustedRoot: TrustedRoot {
        get throws {
            let period: JSONValue = ["start": "2026-01-01T00:00:00Z"]
            let authority: JSONValue = [
                "uri": "https://fulcio.example",
                "certChain": ["certificates": [["rawBytes": .bytes(root.der)]]], "validFor": period,
            ]
            let log: JSONValue = [
                "baseUrl": "https://ct.example", "hashAlgorithm": "SHA2_256",
                "logId": ["keyId": .bytes(logID)],
                "publicKey": [
                    "rawBytes": .bytes(logKey.publicKey.subjectPublicKeyInfo),
                    "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": period,
                ],
            ]
            return try TrustedRoot(
                json: Documents.trustedRoot().setting("certificateAuthorities", [authority])
                    .setting("ctlogs", [log]).text())
        }
    }

    /// The answer of Fulcio.
    func answer(_ issued: IssuedCertificate) -> JSONValue {
        let chain: JSONValue = ["certificates": [.string(issued.leaf.pem), .string(root.pem)]]
        guard let promise = issued.detachedTimestamp else {
            return ["signedCertificateEmbeddedSct": ["chain": chain]]
        }
        let signature = [4, 3] + DER.vector(16, promise.signature)
        let timestamp: JSONValue = [
            "sct_version": 0, "id": .bytes(promise.logID),
            "timestamp": .integer(Int64(promise.milliseconds)),
            "extensions": .bytes(promise.extensions), "signature": .bytes(signature),
        ]
        return [
            "signedCertificateDetachedSct": [
                "chain": chain, "signedCertificateTimestamp": .bytes(timestamp.text()),
            ]
        ]
    }
}

/// As much of DER (X.690) and X.509 (RFC 5280 §4.1) as it takes to issue a certificate.
private enum DER {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            count < 0x80
            ? [UInt8(count)]
            : count < 0x100 ? [0x81, UInt8(count)] : [0x82] + UInt16(count).bigEndianBytes
        return [tag] + length + content
    }

    static func sequence(_ content: [UInt8]) -> [UInt8] { value(0x30, content) }

    static func objectIdentifier(_ text: String) -> [UInt8] {
        let arcs = text.split(separator: ".").compactMap { Int($0) }
        var content = [UInt8(arcs[0] * 40 + arcs[1])]
        for arc in arcs.dropFirst(2) {
            var digits = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            content += digits
        }
        return value(0x06, content)
    }

    static func name(_ text: String) -> [UInt8] {
        sequence(
            value(0x31, sequence(objectIdentifier("2.5.4.3") + value(0x0C, Array(text.utf8)))))
    }

    static func `extension`(
        _ identifier: String, _ content: [UInt8], critical: Bool = false
    ) -> [UInt8] {
        sequence(
            objectIdentifier(identifier) + (critical ? [0x01, 0x01, 0xFF] : [])
                + value(0x04, content))
    }

    /// A TBSCertificate.
    static func certificate(
        _ issuer: [UInt8], _ subject: [UInt8], _ key: PublicKey, _ extensions: [[UInt8]]
    ) -> [UInt8] {
        let times = ["260115120000Z", "260115121000Z"].flatMap { value(0x17, Array($0.utf8)) }
        return sequence(
            [0xA0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x01] + algorithm + issuer + sequence(times)
                + subject + key.subjectPublicKeyInfo
                + value(0xA3, sequence(Array(extensions.joined()))))
    }

    /// ecdsa-with-SHA256
    private static let algorithm = sequence(objectIdentifier("1.2.840.10045.4.3.2"))

    static func signed(_ content: [UInt8], by key: PrivateKey) throws -> [UInt8] {
        let signature = try key.sign(message: content, scheme: .ecdsa(.sha256))
        return sequence(content + algorithm + value(0x03, [0] + signature))
    }

    /// RFC 8446 §3.4, with a length of so many bits.
    static func vector(_ bits: Int, _ content: [UInt8]) -> [UInt8] {
        UInt32(content.count).bigEndianBytes.suffix(bits / 8) + content
    }
}
