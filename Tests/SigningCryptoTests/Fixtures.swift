import FoundationEssentials
import SigningCrypto
import Testing

/// What `Tests/make-signing-fixtures` wrote, by its place below `Fixtures`.
private func fixture(_ place: String) throws -> [UInt8] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let content = try? Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/\(place)"))
    return [UInt8](try #require(content, "no fixture '\(place)'"))
}

/// Throw-away keys; the password is `secret`.
enum PrivateKeyFixtures {
    static func pem(_ name: String) throws -> String {
        String(decoding: try fixture("private-keys/\(name).pem"), as: UTF8.self)
    }
}

/// The public halves of throw-away keys, and signatures of `message`.
enum SignatureFixtures {
    static let message = Array("retry-run".utf8)

    static func pem(_ name: String) throws -> String {
        String(decoding: try fixture("public-keys/\(name).pem"), as: UTF8.self)
    }

    static func key(_ name: String) throws -> PublicKey {
        try PublicKey(pem: pem(name))
    }

    static func signature(_ name: String) throws -> [UInt8] {
        try fixture("signatures/\(name).sig")
    }
}

/// What throw-away authorities issued, and the keys of the logs that promised to list it.
enum CertificateFixtures {
    static func bytes(_ name: String) throws -> [UInt8] {
        try fixture("certificates/\(name).der")
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(der: bytes(name))
    }

    static func logKey(_ name: String) throws -> PublicKey {
        try PublicKey(pem: String(decoding: fixture("log-keys/\(name).pem"), as: UTF8.self))
    }
}

/// What throw-away authorities stamped: `retry-run`.
enum TimestampFixtures {
    static func response(_ name: String) throws -> [UInt8] {
        try fixture("timestamps/\(name).tsr")
    }

    static func token(_ name: String) throws -> TimestampToken {
        try TimestampToken(response: response(name))
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(der: fixture("timestamp-certificates/\(name).der"))
    }

    static func chain(_ names: [String] = ["signer", "root"]) throws -> [Certificate] {
        try names.map(certificate)
    }
}
