import FoundationEssentials
import SigningCrypto
import Testing

@Suite struct SignedCertificateTimestampTests {
    private typealias Fixtures = CertificateFixtures

    private let log: PublicKey
    private let rsaLog: PublicKey
    private let leaf: Certificate
    private let issuer: Certificate
    private let timestamps: [SignedCertificateTimestamp]

    init() throws {
        log = try Fixtures.logKey("p256")
        rsaLog = try Fixtures.logKey("rsa")
        leaf = try Fixtures.certificate("timestamped")
        issuer = try Fixtures.certificate("intermediate")
        timestamps = try leaf.signedCertificateTimestamps()
    }

    @Test("the list of a certificate is read in its order, without those of another version")
    func list() {
        let logID = Digest(of: log.subjectPublicKeyInfo).bytes

        #expect(
            timestamps.map(\.logID) == [
                logID, logID, Digest(of: rsaLog.subjectPublicKeyInfo).bytes, logID,
            ])
        #expect(timestamps.map(\.extensions) == [[], Array(0..<8), [], []])
        #expect(timestamps.map(\.signatureAlgorithm) == [3, 3, 1, 3])
        #expect(timestamps.map(\.milliseconds) == Array(repeating: 1_735_689_600_123, count: 4))
        #expect(
            abs(timestamps[0].timestamp.timeIntervalSince1970 - 1_735_689_600.123) < 0.000_1)
    }

    @Test("a certificate without a list has no timestamps")
    func withoutList() throws {
        #expect(try Fixtures.certificate("leaf").signedCertificateTimestamps() == [])
    }

    @Test("what the logs signed is the certificate without the list, byte for byte")
    func signedBytes() throws {
        #expect(try leaf.precertificateTBS() == Fixtures.bytes("tbsBefore"))
    }

    @Test("timestamps are valid under the key of their log, with extensions and without")
    func valid() {
        #expect(timestamps[0].isValid(for: leaf, issuer: issuer, key: log))
        #expect(timestamps[1].isValid(for: leaf, issuer: issuer, key: log))
        #expect(timestamps[2].isValid(for: leaf, issuer: issuer, key: rsaLog))
    }

    @Test("a timestamp of another log, issuer or certificate is not valid")
    func invalid() throws {
        let root = try Fixtures.certificate("root")
        let other = try Fixtures.certificate("leaf")

        #expect(!timestamps[0].isValid(for: leaf, issuer: issuer, key: rsaLog))
        #expect(!timestamps[2].isValid(for: leaf, issuer: issuer, key: log))
        #expect(!timestamps[0].isValid(for: leaf, issuer: root, key: log))
        #expect(!timestamps[0].isValid(for: other, issuer: issuer, key: log))
    }

    @Test("a timestamp that names another hash than SHA-256 is not valid")
    func otherHash() {
        #expect(timestamps[3].hashAlgorithm == 6)
        #expect(!timestamps[3].isValid(for: leaf, issuer: issuer, key: log))
    }

    @Test("a changed time, extension or signature makes a timestamp invalid")
    func changed() throws {
        let value = try #require(leaf.extensionValue("1.3.6.1.4.1.11129.2.4.2"))
        let second = try #require(value.indices.first { value[$0...].starts(with: 0..<8) })
        for index in [second, second - 3, second + 40] {
            var changed = value
            changed[index] ^= 1
            let timestamp = try SignedCertificateTimestamp.list(changed)[1]
            #expect(timestamp != timestamps[1])
            #expect(!timestamp.isValid(for: leaf, issuer: issuer, key: log))
        }
    }

    @Test("a list cut short anywhere, or with bytes after it, is an error")
    func truncation() throws {
        let value = try #require(leaf.extensionValue("1.3.6.1.4.1.11129.2.4.2"))

        for count in value.indices {
            #expect(throws: CryptoError.self) {
                try SignedCertificateTimestamp.list(Array(value.prefix(count)))
            }
        }
        #expect(throws: CryptoError.self) { try SignedCertificateTimestamp.list(value + [0]) }
    }

    @Test(
        "lengths that do not agree are an error",
        arguments: [
            // Nothing, half a length, less than promised, more than promised.
            [], [0x00], [0x00, 0x01], [0x00, 0x00, 0x00],
            // An element without a byte, one that is too long, one that is too short.
            [0x00, 0x02, 0x00, 0x00], [0x00, 0x03, 0x00, 0x02, 0x00],
            [0x00, 0x03, 0x00, 0x01, 0x00],
        ] as [[UInt8]])
    func lengths(content: [UInt8]) {
        #expect(throws: CryptoError.self) {
            try SignedCertificateTimestamp.list([0x04, UInt8(content.count)] + content)
        }
    }

    @Test("an element with a byte after its signature is an error")
    func byteAfterSignature() throws {
        let element = [0] + [UInt8](repeating: 1, count: 40) + [0, 0, 4, 3, 0, 0]
        func list(_ element: [UInt8]) -> [UInt8] {
            [0x04, UInt8(element.count + 4), 0x00, UInt8(element.count + 2)]
                + [0x00, UInt8(element.count)] + element
        }

        #expect(try SignedCertificateTimestamp.list(list(element)).count == 1)
        #expect(throws: CryptoError.self) {
            try SignedCertificateTimestamp.list(list(element + [0]))
        }
    }

    @Test("an empty list holds no timestamps")
    func empty() throws {
        #expect(try SignedCertificateTimestamp.list([0x04, 0x02, 0x00, 0x00]) == [])
    }
}
