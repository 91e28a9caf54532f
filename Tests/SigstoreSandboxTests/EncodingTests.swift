import FoundationEssentials
import JSON
import SigningCrypto
import Testing

@testable import SigstoreSandbox

@Suite("What the sandbox writes by itself")
struct EncodingTests {
    @Test("lengths, numbers and object identifiers are in DER")
    func writing() {
        #expect(DER.octets([UInt8](repeating: 1, count: 127)).prefix(2) == [0x04, 0x7F])
        #expect(DER.octets([UInt8](repeating: 1, count: 128)).prefix(3) == [0x04, 0x81, 0x80])
        #expect(DER.octets([UInt8](repeating: 1, count: 256)).prefix(4) == [0x04, 0x82, 1, 0])
        #expect(DER.integer(0) == [0x02, 1, 0])
        #expect(DER.integer(127) == [0x02, 1, 127])
        #expect(DER.integer(128) == [0x02, 2, 0, 128])
        #expect(DER.identifier("1.2.840.113549").hex == "06062a864886f70d")
        #expect(DER.set(of: [[0x02, 1, 9], [0x02, 1, 3]]) == [0x31, 6, 2, 1, 3, 2, 1, 9])
    }

    @Test("a value in DER is read whole, or not at all")
    func reading() {
        let sequence = DER.sequence(DER.integer(7), DER.utf8("a"))
        for length in 0..<sequence.count {
            var reader = DERReader(Array(sequence.prefix(length)))
            #expect(reader.value() == nil)
        }
        var reader = DERReader(sequence)
        var content = reader.sequence()

        #expect(content?.value(0x0C) == nil)
        #expect(content?.value(0x02)?.content == [7])
        #expect(content?.value()?.encoding == [0x0C, 1, 0x61])
        #expect(reader.isAtEnd)
    }

    @Test("lengths without an end or beyond all memory are not read")
    func lengths() {
        for bytes: [UInt8] in [
            [0x30, 0x80, 0, 0], [0x30, 0x84, 255, 255, 255, 255], [0x1F, 1, 0],
        ] {
            var reader = DERReader(bytes)
            #expect(reader.value() == nil)
        }
    }

    @Test("times are written as certificates, tokens and answers have them")
    func times() {
        let time = Date(timeIntervalSince1970: 784_111_777.9)

        #expect(time.httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(time.generalizedTime == [0x18, 15] + Array("19941106084937Z".utf8))
        #expect(time.certificateTime == [0x17, 13] + Array("941106084937Z".utf8))
    }

    @Test("a token is good with its own key, and only as it was signed")
    func tokens() throws {
        let key = try PrivateKey.generate(.rsa(bits: 2048))
        let token = try JSONWebToken.signed(["sub": .string("a")], by: key)
        let other = try PrivateKey.generate(.rsa(bits: 2048))

        #expect(JSONWebToken.claims(token, by: key.publicKey) == ["sub": .string("a")])
        #expect(JSONWebToken.claims(token, by: other.publicKey) == nil)
        #expect(JSONWebToken.claims(token + "A", by: key.publicKey) == nil)
        #expect(JSONWebToken.claims("a.b.c", by: key.publicKey) == nil)
        #expect(JSONWebToken.claims("", by: key.publicKey) == nil)
    }

    @Test("a request's query is decoded, and a slash at the end of its path is dropped")
    func requests() {
        let request = SandboxRequest(
            method: "GET", target: "/token/?a=x%20y+z&b=%zz&c",
            headers: ["authorization": "bearer T"])

        #expect(request.path == "/token")
        #expect(request.query == ["a": "x y z", "b": "%zz", "c": ""])
        #expect(request.bearer == "T")
    }
}
