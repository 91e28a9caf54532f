import Patterns
import SigningCrypto

extension Verifier {
    /// Step 5: the name in the certificate, who vouched for it, and which workflow it is of.
    func checkIdentity(
        of leaf: Certificate, _ policy: VerificationPolicy
    ) throws(VerificationFailure) -> (identity: String, issuer: String) {
        guard case .identity(let identity, let issuer, let workflow) = policy.signer else {
            throw .keyExpected(found: leaf.identities.joined(separator: ", "))
        }
        guard let found = leaf.identities.first, leaf.subjectAlternativeNames.count == 1 else {
            throw .identityCount(
                names: leaf.subjectAlternativeNames.count, identities: leaf.identities)
        }
        guard identity.accepts(found) else {
            throw .identity(expected: "\(identity)", found: [found])
        }
        let foundIssuer = leaf.identityIssuer
        guard let foundIssuer, issuer.accepts(foundIssuer) else {
            throw .issuer(expected: "\(issuer)", found: foundIssuer)
        }
        for (claim, expected) in workflow.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let found = leaf.text(of: claim)
            guard let found, TextRule.exactly(expected).accepts(found) else {
                throw .workflow(claim, expected: expected, found: found)
            }
        }
        return (found, foundIssuer)
    }
}

extension Certificate {
    /// The names that Fulcio gives: an e-mail address, a URI, or a user name in a domain.
    package var identities: [String] {
        subjectAlternativeNames.compactMap {
            switch $0 {
            case .email(let text), .uri(let text), .dns(let text): text
            case .otherName("1.3.6.1.4.1.57264.1.7", let text): text
            case .otherName, .other: nil
            }
        }
    }

    /// Who vouched for the name: Fulcio's extension 1.8, or the older 1.1 where that is absent; empty
    /// where both are, and nil for one that cannot be read.
    package var identityIssuer: String? {
        let (current, older) = ("1.3.6.1.4.1.57264.1.8", "1.3.6.1.4.1.57264.1.1")
        if extensionValue(current) != nil {
            return (try? utf8ExtensionValue(current)).flatMap { $0 }
        }
        return extensionValue(older) == nil ? "" : plainText(older)
    }

    package func text(of claim: WorkflowClaim) -> String? {
        plainText(claim.extensionIdentifier)
    }

    private func plainText(_ identifier: String) -> String? {
        extensionValue(identifier).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
