import FoundationEssentials
import SigningCrypto
import Testing

@Suite struct TimestampTokenTests {
    private typealias Fixtures = TimestampFixtures

    private let message = Array("retry-run".utf8)
    private let nonce: [UInt8] = [0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF]

    @Test("a token is read as what it is")
    func token() throws {
        let token = try Fixtures.token("withCertificates")

        #expect(token.genTime == Date(timeIntervalSince1970: 1_735_689_600))
        #expect(token.imprint == Digest(of: message))
        #expect(token.nonce == nonce)
        #expect(token.policy == "1.3.6.1.4.1.57264.2")
        #expect(token.serialNumber == [77])
        #expect(try Fixtures.token("withoutNonce").nonce == nil)
        #expect(try Fixtures.token("negativeNonce").nonce == nil)
    }

    @Test("a time keeps its fraction of a second")
    func fraction() throws {
        let token = try Fixtures.token("longHash")

        #expect(token.genTime == Date(timeIntervalSince1970: 1_735_689_600.25))
        #expect(token.imprint == Digest(of: message, using: .sha512))
    }

    @Test(
        "a token of the authority is valid, whatever else it holds",
        arguments: [
            "plain", "withCertificates", "granted", "longHash", "signedWithSHA384",
            "oldSigningCertificate", "wholeChain", "withoutNonce", "negativeNonce",
        ])
    func valid(name: String) throws {
        try Fixtures.token(name).verify(signature: message, chain: Fixtures.chain())
    }

    @Test("the authority's certificates are judged at the time of the token, both ends included")
    func time() throws {
        for name in ["first", "last"] {
            try Fixtures.token(name).verify(signature: message, chain: Fixtures.chain())
        }
        for name in ["early", "late", "justLate"] {
            #expect {
                try Fixtures.token(name).verify(signature: message, chain: Fixtures.chain())
            } throws: { error in
                guard case .path? = error as? TimestampError else { return false }
                return true
            }
        }
    }

    @Test("a token for other bytes is refused, with both digests")
    func otherBytes() throws {
        #expect(
            throws: TimestampError.otherImprint(
                expected: Digest(of: []).hex, found: Digest(of: message).hex)
        ) {
            try Fixtures.token("plain").verify(signature: [], chain: Fixtures.chain())
        }
    }

    @Test("a nonce that is asked for must come back; leading zeros say nothing")
    func nonces() throws {
        let token = try Fixtures.token("plain")
        try token.verify(signature: message, chain: Fixtures.chain(), nonce: nonce)
        try token.verify(signature: message, chain: Fixtures.chain(), nonce: [0] + nonce)

        #expect(
            throws: TimestampError.otherNonce(expected: "01", found: nonce.hex)
        ) {
            try token.verify(signature: message, chain: Fixtures.chain(), nonce: [1])
        }
        for name in ["withoutNonce", "negativeNonce"] {
            #expect(throws: TimestampError.otherNonce(expected: "05", found: nil)) {
                try Fixtures.token(name).verify(
                    signature: message, chain: Fixtures.chain(), nonce: [5])
            }
        }
    }

    @Test(
        "only the signature of the chain's first certificate counts, whatever the token embeds",
        arguments: [
            "ofImpostor", "ofImpostorWithoutCertificates", "ofStranger", "otherType",
            "otherContentSigned",
            "withoutSigningCertificate", "otherSigningCertificate", "signingCertificateSecond",
            "oneSigningCertificateWrong", "twoSigners", "noSigner",
        ])
    func signature(name: String) throws {
        #expect {
            try Fixtures.token(name).verify(signature: message, chain: Fixtures.chain())
        } throws: { error in
            guard case .signature? = error as? TimestampError else { return false }
            return true
        }
    }

    @Test("another chain is not the authority's, in whatever order")
    func otherChain() throws {
        let token = try Fixtures.token("withCertificates")

        for names in [["root", "signer"], ["notCritical", "root"], ["signer"], []] {
            #expect(throws: TimestampError.self) {
                try token.verify(signature: message, chain: Fixtures.chain(names))
            }
        }
        #expect {
            try token.verify(signature: message, chain: Fixtures.chain(["signer", "between"]))
        } throws: { error in
            guard case .path? = error as? TimestampError else { return false }
            return true
        }
    }

    @Test(
        "the authority's certificate is for timestamps, for nothing else, and says so critically",
        arguments: [
            "notCritical", "severalPurposes", "otherPurpose", "withoutPurpose", "authority",
            "notForSigning",
        ])
    func unfitSigner(name: String) throws {
        let token = try Fixtures.token("of_\(name)")

        #expect {
            try token.verify(signature: message, chain: Fixtures.chain([name, "root"]))
        } throws: { error in
            guard case .unfitSigner? = error as? TimestampError else { return false }
            return true
        }
    }

    @Test("no issuer in the chain is restricted to other purposes")
    func unfitIssuer() throws {
        #expect(
            throws: TimestampError.unfitSigner(
                reason: "its issuer 'CN=between' is not for timestamping")
        ) {
            try Fixtures.token("below").verify(
                signature: message, chain: Fixtures.chain(["below", "between", "root"]))
        }
    }

    @Test("SHA-1 proves nothing, neither of the bytes nor of the signer")
    func oldHash() throws {
        let error = TimestampError.unsupportedHash("1.3.14.3.2.26")

        #expect(throws: error) { try Fixtures.token("imprintBySHA1") }
        #expect(throws: error) {
            try Fixtures.token("signedWithSHA1")
                .verify(signature: message, chain: Fixtures.chain())
        }
    }

    @Test("a refusal is told in the authority's words")
    func refusals() {
        #expect(
            throws: TimestampError.notGranted(status: 2, failure: .badAlg, text: "no such policy")
        ) {
            try Fixtures.token("rejected")
        }
        #expect(throws: TimestampError.notGranted(status: 3, failure: nil, text: "")) {
            try Fixtures.token("waiting")
        }
    }

    @Test(
        "a response that is not what RFC 3161 has is refused",
        arguments: [
            "withoutToken", "tokenOfRejected", "version2", "criticalExtension", "offsetTime",
            "withoutSeconds", "otherContent", "bytesAfterContent",
        ])
    func malformed(name: String) {
        #expect {
            try Fixtures.token(name)
        } throws: { error in
            guard case .malformed? = error as? TimestampError else { return false }
            return true
        }
    }

    @Test("a response is in DER, the one form that all verifiers read")
    func distinguished() throws {
        let response = try Fixtures.response("plain")
        let length = response[1] == 0x82 ? 4 : 2
        let error = TimestampError.malformed(reason: "malformed TimeStampResp: it is not in DER")
        #expect(throws: error) {
            try TimestampToken(response: [0x30, 0x80] + response.dropFirst(length) + [0, 0])
        }
    }

    @Test("bytes before the end or after it are an error, at every length")
    func truncation() throws {
        let response = try Fixtures.response("plain")

        for count in response.indices {
            #expect(throws: TimestampError.self) {
                try TimestampToken(response: Array(response.prefix(count)))
            }
        }
        #expect(throws: TimestampError.self) { try TimestampToken(response: response + [0]) }
    }

    @Test("a token with a changed byte is never valid for what it was not")
    func changedBytes() throws {
        let response = try Fixtures.response("plain")
        let original = try Fixtures.token("plain")
        let chain = try Fixtures.chain()
        var read = 0
        for index in response.indices {
            for value: UInt8 in [0x00, 0x80, 0xFF, response[index] ^ 1] {
                var changed = response
                changed[index] = value
                guard let token = try? TimestampToken(response: changed) else { continue }
                read += 1
                guard (try? token.verify(signature: message, chain: chain)) != nil else { continue }
                #expect(token.genTime == original.genTime)
                #expect(token.imprint == original.imprint)
                #expect(token.nonce == original.nonce)
            }
        }
        #expect(read > 100)
    }
}
