import FoundationEssentials
import JSON
package import SigningCrypto

/// The folder in which scripts find what they need to use the sandbox.
package struct SandboxFolder {
    private let path: String

    /// Makes the folder if it is not there. A `ready` of a sandbox before this one is removed.
    package init(path: String) throws {
        self.path = path
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: path + "/docker", withIntermediateDirectories: true)
            if files.fileExists(atPath: path + "/ready") {
                try files.removeItem(atPath: path + "/ready")
            }
        } catch {
            throw SandboxFolderError.unusable(path)
        }
    }

    /// Writes trust and tokens, and last `ready`, which tells that everything is there.
    ///
    /// - Parameter authority: Whom clients have to trust in TLS.
    package func write(_ sandbox: Sandbox, authority: Certificate? = nil) throws {
        if let authority { try write(Array(authority.pem.utf8), to: "ca.pem") }
        try write(sandbox.repository.root, to: "root.json")
        let trust = TrustFiles(sandbox)
        try write(trust.trustedRoot, to: "trusted_root.json")
        for logs in TrustFiles.Logs.allCases {
            let suffix = logs == .both ? "" : "_\(logs.rawValue)"
            try write(trust.signingConfig(logs), to: "signing_config\(suffix).json")
            try write(trust.clientTrustConfig(logs), to: "client_trust_config\(suffix).json")
        }
        for (name, identity, fault) in Self.tokens {
            let token = try sandbox.issuer.token(
                for: identity, lifetime: SandboxIssuer.fileLifetime, fault: fault)
            try write(Array(token.utf8), to: "\(name).token")
        }
        try write(dockerConfiguration(sandbox), to: "docker/config.json")
        try write(ready(sandbox), to: "ready")
    }

    /// What `DOCKER_CONFIG=FOLDER/docker` gives to container tools.
    private func dockerConfiguration(_ sandbox: Sandbox) -> JSONValue {
        let user = sandbox.registry.authority.users[0]
        let host = sandbox.addresses[.registry].split(separator: "/").last.map(String.init) ?? ""
        let credentials = Array("\(user.name):\(user.password)".utf8).base64
        return ["auths": .object([host: ["auth": .string(credentials)]])]
    }

    private static let tokens: [(String, SandboxIdentity, Fault?)] = [
        ("email", .email, nil), ("github", .github, nil),
        ("expired", .email, .expiredToken), ("wrong-audience", .email, .wrongAudience),
        ("unverified-email", .email, .unverifiedEmail),
    ]

    private func ready(_ sandbox: Sandbox) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for service in sandbox.settings.services {
            members[service.rawValue] = .string(sandbox.addresses[service])
        }
        for identity in SandboxIdentity.allCases {
            members["\(identity.rawValue)-identity"] = .string(identity.subject)
            members["\(identity.rawValue)-issuer"] = .string(sandbox.issuer.issuerURL(identity))
        }
        for user in sandbox.registry.authority.users {
            members["registry-\(user.name)-password"] = .string(user.password)
            members["registry-\(user.name)-identity-token"] = .string(user.identityToken)
        }
        members["ACTIONS_ID_TOKEN_REQUEST_URL"] = .string(sandbox.issuer.requestURL)
        members["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = .string(sandbox.issuer.requestToken)
        return .object(members)
    }

    private func write(_ document: JSONValue, to name: String) throws {
        try write(document.text(isIndented: true) + [UInt8(ascii: "\n")], to: name)
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"), options: .atomic)
        } catch {
            throw SandboxFolderError.unusable(path)
        }
    }
}

/// A folder that takes no files.
package enum SandboxFolderError: Error, Equatable, CustomStringConvertible {
    case unusable(String)

    package var description: String {
        switch self {
        case .unusable(let path): "cannot write into folder '\(path)'"
        }
    }
}
