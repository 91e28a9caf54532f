import FoundationEssentials
import SigningCrypto
import Testing

@Suite struct CertificatePathTests {
    private typealias Fixtures = CertificateFixtures

    /// Within the validity of all fixtures but the one that is called expired.
    private static let time = Date(timeIntervalSince1970: 1_735_689_600)

    private func path(
        _ leaf: String, by intermediates: [String] = [], to anchors: [String], at time: Date = time
    ) throws -> [Certificate] {
        try CertificatePath.find(
            leaf: Fixtures.certificate(leaf),
            intermediates: intermediates.map(Fixtures.certificate),
            anchors: anchors.map(Fixtures.certificate), at: time)
    }

    @Test("a path goes from the leaf by its issuers to the anchor")
    func whole() throws {
        #expect(
            try path("leaf", by: ["intermediate"], to: ["root"])
                == ["leaf", "intermediate", "root"].map(Fixtures.certificate))
    }

    @Test("an anchor need not be self-signed")
    func partial() throws {
        #expect(
            try path("leaf", to: ["intermediate"])
                == ["leaf", "intermediate"].map(Fixtures.certificate))
    }

    @Test("of several anchors of the same name, the one with the right key is found")
    func sameName() throws {
        for anchors in [["otherRoot", "root"], ["root", "otherRoot"]] {
            #expect(
                try path("leaf", by: ["intermediate"], to: anchors).last
                    == Fixtures.certificate("root"))
        }
    }

    @Test("certificates that are not needed do not hinder, in whatever order")
    func unneeded() throws {
        let intermediates = ["below", "leaf", "otherRoot", "root", "intermediate"]

        #expect(try path("leaf", by: intermediates, to: ["root"]).count == 3)
    }

    @Test("without anchors, without the issuer, or to an anchor with another key there is no path")
    func none() {
        #expect(
            throws: CryptoError.noPath(
                subject: "serial number 03eb", reason: "no certificate is trusted")
        ) {
            try path("leaf", by: ["intermediate"], to: [])
        }
        #expect(throws: CryptoError.self) { try path("leaf", to: ["root"]) }
        #expect(throws: CryptoError.self) {
            try path("leaf", by: ["intermediate"], to: ["otherRoot"])
        }
    }

    @Test("a root among the intermediates is no anchor")
    func rootInBundle() {
        #expect(throws: CryptoError.self) {
            try path("leaf", by: ["intermediate", "root"], to: ["otherRoot"])
        }
    }

    @Test("a certificate is never its own anchor", arguments: ["leaf", "intermediate", "root"])
    func itself(name: String) {
        #expect(throws: CryptoError.self) { try path(name, by: [name], to: [name]) }
    }

    @Test("a path is valid to the last second of its shortest validity, at both ends")
    func time() throws {
        let start = Date(timeIntervalSince1970: 1_704_067_200)
        let end = Date(timeIntervalSince1970: 1_767_225_600)
        for time in [start, end] {
            #expect(try path("leaf", by: ["intermediate"], to: ["root"], at: time).count == 3)
        }
        for time in [start.addingTimeInterval(-0.5), end.addingTimeInterval(0.5)] {
            #expect(throws: CryptoError.self) {
                try path("leaf", by: ["intermediate"], to: ["root"], at: time)
            }
        }
    }

    @Test("a time that no clock shows is no time at which a path is valid")
    func impossibleTimes() {
        for seconds in [Double.infinity, -.infinity, .nan, 1e300, -1e18] {
            #expect(throws: CryptoError.self) {
                try path("leaf", to: ["intermediate"], at: Date(timeIntervalSince1970: seconds))
            }
        }
    }

    @Test("a leaf that was valid before and is not now has no path")
    func expiredLeaf() throws {
        let before = Date(timeIntervalSince1970: 1_706_000_000)

        #expect(try path("leafThatEnded", to: ["intermediate"], at: before).count == 2)
        #expect(throws: CryptoError.self) { try path("leafThatEnded", to: ["intermediate"]) }
    }

    @Test("an authority that was valid before and not now issues nothing")
    func expiredIssuer() throws {
        let leaf = try Fixtures.certificate("leafOf_expired")
        let before = Date(timeIntervalSince1970: 1_706_000_000)

        #expect(try path("leafOf_expired", by: ["expired"], to: ["root"], at: before).count == 3)
        #expect(
            throws: CryptoError.noPath(
                subject: "serial number \(leaf.serialNumber.hex)",
                reason:
                    "'CN=expired' is valid from 2024-01-01T00:00:00Z to 2024-06-01T00:00:00Z only"
            )
        ) {
            try path("leafOf_expired", by: ["expired"], to: ["root"])
        }
        #expect(throws: CryptoError.self) { try path("leafOf_expired", to: ["expired"]) }
    }

    @Test(
        "what is not a certificate authority issues nothing, as an anchor neither",
        arguments: [
            "withoutBasicConstraints", "notAnAuthority", "notForCertificates",
            "withUnknownCriticalExtension",
        ])
    func notAnAuthority(name: String) {
        #expect(throws: CryptoError.self) { try path("leafOf_\(name)", by: [name], to: ["root"]) }
        #expect(throws: CryptoError.self) { try path("leafOf_\(name)", to: [name]) }
    }

    @Test("an authority that was signed with SHA-1 is trusted as an anchor only")
    func weakHash() throws {
        #expect(throws: CryptoError.self) {
            try path("leafOf_signedWithSHA1", by: ["signedWithSHA1"], to: ["root"])
        }
        #expect(try path("leafOf_signedWithSHA1", to: ["signedWithSHA1"]).count == 2)
    }

    @Test("a path is no longer than an authority in it allows")
    func pathLength() throws {
        #expect(throws: CryptoError.self) {
            try path("leafOf_below", by: ["below", "intermediate"], to: ["root"])
        }
        #expect(throws: CryptoError.self) {
            try path("leafOf_below", by: ["below"], to: ["intermediate"])
        }
        #expect(try path("leafOf_below", to: ["below"]).count == 2)
    }

    @Test("a leaf with an unknown critical extension has no path")
    func unknownCriticalExtension() {
        #expect(throws: CryptoError.self) {
            try path("leafWithUnknownCriticalExtension", to: ["intermediate"])
        }
    }

    @Test("a certificate whose signature was changed has no path")
    func changedSignature() throws {
        var der = try Fixtures.bytes("leaf")
        der[der.count - 1] ^= 1
        let leaf = try Certificate(der: der)

        #expect(throws: CryptoError.self) {
            try CertificatePath.find(
                leaf: leaf, intermediates: [],
                anchors: [Fixtures.certificate("intermediate")], at: Self.time)
        }
    }
}
