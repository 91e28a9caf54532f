import JSON
package import SigningCrypto

/// A key of a role, and the scheme by which it signs.
package struct Key: Hashable, Sendable {
    package let publicKey: PublicKey
    package let scheme: SignatureScheme

    /// A member of `keys`; nil for a key that is of no use here, so that it signs for nobody.
    init?(_ node: JSONNode) {
        guard let type = try? node.required("keytype").string,
            let scheme = try? node.required("scheme").string,
            let text = try? node.required("keyval").required("public").string
        else { return nil }
        switch (type, scheme) {
        case ("ecdsa", "ecdsa-sha2-nistp256"), ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"):
            // The first roots of Sigstore give the point of the curve in hexadecimal digits.
            let point = [UInt8](hex: text).flatMap { try? PublicKey(p256Point: $0) }
            self.init(point ?? (try? PublicKey(pem: text)), .ecdsa(.sha256))
            // Both coordinates: a key has one spelling only, so that it cannot count twice.
            let coordinates = publicKey.subjectPublicKeyInfo.suffix(65)
            guard (try? PublicKey(p256Point: Array(coordinates))) == publicKey else { return nil }
        case ("ed25519", "ed25519"):
            self.init([UInt8](hex: text).flatMap { try? PublicKey(ed25519: $0) }, .ed25519)
        case ("rsa", "rsassa-pss-sha256"):
            self.init(try? PublicKey(pem: text), .rsaPSS(.sha256))
        default:
            return nil
        }
    }

    private init?(_ publicKey: PublicKey?, _ scheme: SignatureScheme) {
        guard let publicKey else { return nil }
        self.publicKey = publicKey
        self.scheme = scheme
    }
}

/// The keys that sign for a role, by identifier, and how many of them must.
package struct RoleKeys: Equatable, Sendable {
    package let keys: [String: Key]
    package let threshold: Int64

    /// A member of `roles`; `keys` are all of the root.
    ///
    /// The identifiers are taken as given: what they are computed from has changed over time.
    init(_ node: JSONNode, keys all: [String: Key]) throws(JSONError) {
        var keys: [String: Key] = [:]
        for identifier in try node.required("keyids").elements {
            let identifier = try identifier.string
            keys[identifier] = all[identifier]
        }
        let threshold = try node.required("threshold")
        guard try threshold.integer > 0 else { throw threshold.unexpected("a positive integer") }
        self.keys = keys
        self.threshold = try threshold.integer
    }

    /// Whether the same keys sign, by whatever names.
    func hasSameKeys(as other: RoleKeys) -> Bool {
        Set(keys.values) == Set(other.keys.values)
    }
}
