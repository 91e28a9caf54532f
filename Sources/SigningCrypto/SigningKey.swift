/// A key that signs, wherever it is: in this process, on a device, in a service.
package protocol SigningKey: Sendable {
    var publicKey: PublicKey { get }

    /// The signature by that scheme, which goes with the key.
    func sign(_ input: SigningInput, scheme: SignatureScheme) throws(SigningKeyError) -> [UInt8]
}

extension SigningKey {
    /// The signature by the key's default scheme.
    package func sign(_ input: SigningInput) throws(SigningKeyError) -> [UInt8] {
        try sign(input, scheme: publicKey.kind.defaultScheme)
    }
}

/// What a signature is made over.
package enum SigningInput: Equatable, Sendable {
    /// For schemes that sign the digest of a message.
    case digest(Digest)
    /// For those that need all of it.
    case message([UInt8])
}

/// No signature by a key.
package struct SigningKeyError: Error, Equatable, CustomStringConvertible {
    /// Whether asking again may help.
    package let isTransient: Bool
    /// The pause that a service asks for.
    package let retryAfter: Duration?
    package let description: String

    package init(_ description: String, isTransient: Bool = false, retryAfter: Duration? = nil) {
        self.description = description
        self.isTransient = isTransient
        self.retryAfter = retryAfter
    }
}

extension PrivateKey: SigningKey {
    package func sign(
        _ input: SigningInput, scheme: SignatureScheme
    ) throws(SigningKeyError) -> [UInt8] {
        do {
            switch input {
            case .digest(let digest): return try sign(digest, scheme: scheme)
            case .message(let message): return try sign(message: message, scheme: scheme)
            }
        } catch {
            throw SigningKeyError("\(error)")
        }
    }
}
