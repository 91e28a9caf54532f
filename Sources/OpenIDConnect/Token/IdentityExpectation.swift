package import Patterns

/// Who the token must be of, looked at before it is sent anywhere.
package struct IdentityExpectation: Sendable {
    /// The name in the certificate, or the claim that it is made from.
    package let identity: TextRule?
    /// Who vouches for it. Of an issuer that only passes identities on, the one behind it.
    package let issuer: TextRule?

    package static let anyone = IdentityExpectation(identity: nil, issuer: nil)

    package init(identity: TextRule?, issuer: TextRule?) {
        self.identity = identity
        self.issuer = issuer
    }

    package func check(_ token: IdentityToken) throws(IdentityError) {
        if let issuer, !issuer.accepts(token.certificateIssuer) {
            throw .unexpectedIssuer(expected: "\(issuer)", found: token.certificateIssuer)
        }
        if let identity, !token.names.contains(where: identity.accepts) {
            throw .unexpectedIdentity(expected: "\(identity)", found: token.names)
        }
    }
}
