import SigningCrypto
import Testing

extension CertificateFixtures {
    static func bytes(_ name: String) throws -> [UInt8] {
        try #require(der[name].flatMap { [UInt8](base64: $0) }, "no fixture \'\(name)\'")
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(der: bytes(name))
    }
}

extension TimestampFixtures {
    static func response(_ name: String) throws -> [UInt8] {
        try #require(responses[name].flatMap { [UInt8](base64: $0) }, "no fixture \'\(name)\'")
    }

    static func token(_ name: String) throws -> TimestampToken {
        try TimestampToken(response: response(name))
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(
            der: #require(
                certificates[name].flatMap { [UInt8](base64: $0) }, "no fixture \'\(name)\'"))
    }

    static func chain(_ names: [String] = ["signer", "root"]) throws -> [Certificate] {
        try names.map(certificate)
    }
}
