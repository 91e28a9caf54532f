package import JSON

/// What shows a registry who we are. Never printed, never stored.
package enum RegistryCredentials: Equatable, Sendable {
    case password(user: String, String)
    /// What is exchanged for tokens (`identitytoken`).
    case identityToken(String)
    /// What is sent as it is (`registrytoken`).
    case registryToken(String)
}

extension RegistryCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String { "credentials" }
    package var customMirror: Mirror { Mirror(self, children: ["credentials": "[secret]"]) }
}

extension RegistryCredentials {
    /// What a credential helper has printed; nil where it says that it has none.
    ///
    /// Source: docker/docker-credential-helpers, README, "Development".
    package init?(helperOutput text: [UInt8]) throws(CredentialError) {
        do throws(JSONError) {
            let node = try JSONNode(parsing: text)
            let user = try node.text("Username")
            let secret = try node.text("Secret")
            if secret.isEmpty { return nil }
            self = user == "<token>" ? .identityToken(secret) : .password(user: user, secret)
        } catch {
            throw .helperOutput
        }
    }
}

/// Credentials that are there and cannot be used. No message shows any of them.
package enum CredentialError: Error, Equatable {
    case malformed(JSONError)
    case entry(String)
    case helperName(String)
    case helperOutput
    /// A program that has not answered, and why.
    case helper(String, String)
}

extension CredentialError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let error): "\(error)"
        case .entry(let key): "the entry '\(key)' of 'auths' is not base64 of user:password"
        case .helperName(let name): "'\(name)' is no name of a credential helper"
        case .helperOutput: "the credential helper has printed no credentials in JSON"
        case .helper(let program, let reason): "'\(program)': \(reason)"
        }
    }
}
