import FoundationEssentials
import SigningCrypto
import Testing

@Suite struct CertificateTests {
    private typealias Fixtures = CertificateFixtures

    /// 2024-01-01T00:00:00Z and 2026-01-01T00:00:00Z.
    private let start = Date(timeIntervalSince1970: 1_704_067_200)
    private let end = Date(timeIntervalSince1970: 1_767_225_600)

    @Test("a leaf certificate is read as what it is")
    func leaf() throws {
        let leaf = try Fixtures.certificate("leaf")
        let issuer = try Fixtures.certificate("intermediate")

        #expect(leaf.subject == "")
        #expect(leaf.issuer == "CN=intermediate")
        #expect(leaf.issuerDER == issuer.subjectDER)
        #expect(leaf.notBefore == start)
        #expect(leaf.notAfter == end)
        #expect(leaf.publicKey.kind == .ecdsa(.p256))
        #expect(leaf.serialNumber == [0x03, 0xEB])
        #expect(leaf.subjectAlternativeNames == [.uri("https://example.org/builder")])
        #expect(leaf.extendedKeyUsages == ["1.3.6.1.5.5.7.3.3"])
        #expect(!leaf.isExtendedKeyUsageCritical)
        #expect(leaf.allowsDigitalSignature)
        #expect(!leaf.allowsCertificateSigning)
        #expect(!leaf.isCertificateAuthority)
        #expect(!leaf.isSelfIssued)
    }

    @Test("an authority's certificate is read as what it is")
    func authority() throws {
        let root = try Fixtures.certificate("root")

        #expect(root.subject == "CN=root")
        #expect(root.isCertificateAuthority)
        #expect(root.isSelfIssued)
        #expect(root.allowsCertificateSigning)
        #expect(!root.allowsDigitalSignature)
        #expect(root.extendedKeyUsages == [])
        #expect(root.subjectAlternativeNames == [])
        #expect(try Fixtures.certificate("notAnAuthority").isCertificateAuthority == false)
        #expect(try Fixtures.certificate("withoutBasicConstraints").isCertificateAuthority == false)
    }

    @Test("a key usage that is not there restricts nothing")
    func noKeyUsage() throws {
        let certificate = try Fixtures.certificate("names")

        #expect(certificate.allowsDigitalSignature)
        #expect(certificate.allowsCertificateSigning)
    }

    @Test("every kind of name is told from the others; what is no text of its kind is no name")
    func names() throws {
        #expect(
            try Fixtures.certificate("names").subjectAlternativeNames == [
                .email("someone@example.org"),
                .uri("https://example.org/builder"),
                .dns("example.org"),
                .otherName(identifier: "1.3.6.1.4.1.57264.1.7", value: "user!domain"),
                .other,
                .other,
                .other,
                .other,
            ])
    }

    @Test("the validity includes both its ends")
    func validity() throws {
        let leaf = try Fixtures.certificate("leaf")

        #expect(leaf.isValid(at: start))
        #expect(leaf.isValid(at: end))
        #expect(!leaf.isValid(at: start.addingTimeInterval(-0.001)))
        #expect(!leaf.isValid(at: end.addingTimeInterval(0.001)))
    }

    @Test("a certificate without an end is valid to the last day that can be written")
    func withoutEnd() throws {
        let certificate = try Fixtures.certificate("withoutEnd")

        #expect(certificate.notAfter == Date(timeIntervalSince1970: 253_402_300_799))
    }

    @Test(
        "a time that is not UTC to the second is refused",
        arguments: ["offsetTime", "withoutSeconds", "fractionOfSecond", "noSuchDay"])
    func times(name: String) {
        #expect {
            try Fixtures.certificate(name)
        } throws: { error in
            guard case .malformed("time", _)? = error as? CryptoError else { return false }
            return true
        }
    }

    @Test(
        "a certificate with an extension twice, or a broken one, is refused",
        arguments: ["twice", "brokenBasicConstraints", "brokenNames", "bytesAfterNames"])
    func extensions(name: String) {
        #expect {
            try Fixtures.certificate(name)
        } throws: { error in
            guard case .malformed(_, let reason)? = error as? CryptoError else { return false }
            return name != "twice" || reason.hasPrefix("duplicate extension ")
        }
    }

    @Test("extensions are found by their identifier; a text is one in DER")
    func extensionValues() throws {
        let leaf = try Fixtures.certificate("leaf")
        let old = Array("https://old.example".utf8)

        #expect(leaf.extensionValue("1.3.6.1.4.1.57264.1.1") == old)
        #expect(leaf.extensionValue("1.2.3") == nil)
        #expect(
            try leaf.utf8ExtensionValue("1.3.6.1.4.1.57264.1.8") == "https://issuer.example")
        #expect(try leaf.utf8ExtensionValue("1.2.3") == nil)
    }

    @Test(
        "text that is not UTF-8, bytes after it, a long length and another type are refused",
        arguments: ["1.2.3.4", "1.2.3.5", "1.2.3.6", "1.2.3.7"])
    func notText(identifier: String) throws {
        let certificate = try Fixtures.certificate("notText")

        #expect(certificate.extensionValue(identifier) != nil)
        #expect(throws: CryptoError.self) { try certificate.utf8ExtensionValue(identifier) }
    }

    @Test("PEM is read and written; one text may hold several certificates")
    func pem() throws {
        let leaf = try Fixtures.certificate("leaf")
        let root = try Fixtures.certificate("root")

        #expect(try Certificate(pem: leaf.pem) == leaf)
        #expect(try Certificate.certificates(inPEM: leaf.pem + root.pem) == [leaf, root])
        #expect(throws: CryptoError.self) { try Certificate(pem: leaf.pem + root.pem) }
        #expect(throws: CryptoError.self) { try Certificate(pem: "") }
        #expect(throws: CryptoError.self) { try Certificate(pem: leaf.publicKey.pem) }
    }

    @Test("bytes before the end or after it are an error, at every length")
    func truncation() throws {
        let der = try Fixtures.bytes("leaf")

        for count in der.indices {
            #expect(throws: CryptoError.self) { try Certificate(der: Array(der.prefix(count))) }
        }
        #expect(throws: CryptoError.self) { try Certificate(der: der + [0]) }
    }

    @Test("no changed byte makes reading or checking a certificate stop the program")
    func changedBytes() throws {
        let der = try Fixtures.bytes("timestamped")
        let issuer = try Fixtures.certificate("intermediate")
        var read = 0
        for index in der.indices {
            for value in [0xFF, der[index] ^ 1] {
                var changed = der
                changed[index] = value
                guard let certificate = try? Certificate(der: changed) else { continue }
                read += 1
                let path = try? CertificatePath.find(
                    leaf: certificate, intermediates: [], anchors: [issuer],
                    at: certificate.notBefore)
                #expect((path == nil) == (changed != der))
                _ = try? certificate.signedCertificateTimestamps()
            }
        }
        #expect(read > 100)
    }
}
