import Console
import JSON
import SigningCrypto
import Sigstore

/// A bundle that an earlier run has written, which is kept where it is of the same content and in the
/// same name.
struct EarlierBundle {
    let path: String
    private let json: [UInt8]
    private let bundle: Bundle

    /// - Throws: `UsageError` for a file that is no bundle.
    init(_ path: String) throws {
        self.path = path
        json = try InputFile(path).content(limit: BundleLimit.size)
        do {
            bundle = try Bundle(json: json)
        } catch {
            throw Self.unusable(path, "\(error)")
        }
    }

    /// What it shows.
    ///
    /// - Parameter policy: What the bundle of this run would have to show.
    /// - Throws: `UsageError` where it is another bundle.
    func verified(
        _ content: SignableContent, _ policy: VerificationPolicy, _ trustedRoot: TrustedRoot
    ) throws -> SignedBundle {
        do {
            let verification = try Verifier(trustedRoot: trustedRoot).verify(
                bundle, artifact: content.artifact, policy: policy)
            guard says(content) else { throw Self.unusable(path, "it says something else") }
            return SignedBundle(json: json, verification: verification)
        } catch let error as VerificationFailure {
            throw Self.unusable(path, "\(error)")
        }
    }

    /// Whether it is a signature where one is to be made, or the same statement but for when it was made.
    private func says(_ content: SignableContent) -> Bool {
        switch (bundle.content, content) {
        case (.message, .artifact): return true
        case (.envelope(let envelope), .statement(let payload, _)):
            return envelope.payload == payload
                || Self.timeless(envelope.payload).map { $0 == Self.timeless(payload) } == true
        default: return false
        }
    }

    /// Nil for what has no time of its own.
    private static func timeless(_ payload: [UInt8]) -> JSONValue? {
        guard case .object(var statement)? = try? JSONValue(parsing: payload),
            case .string(let type)? = statement["predicateType"],
            type == PredicateType.uri("custom"),
            case .object(var predicate)? = statement["predicate"]
        else { return nil }
        predicate["Timestamp"] = nil
        statement["predicate"] = .object(predicate)
        return .object(statement)
    }

    private static func unusable(_ path: String, _ reason: String) -> UsageError {
        UsageError(
            "\(quoted(path)) is there already and cannot be kept: \(reason); --overwrite replaces it")
    }
}

extension VerificationPolicy {
    /// What the bundles of a run have to show.
    ///
    /// - Parameter token: Asked for where the options do not name somebody already.
    init(
        of key: PrivateKey?, _ expectation: IdentityExpectation, _ services: SigningServices,
        token: () throws -> IdentityToken
    ) throws {
        if let key {
            self.init(signer: .key(key.publicKey))
        } else if let identity = expectation.identity, let issuer = expectation.issuer {
            self.init(signer: .identity(identity, issuer: issuer))
        } else {
            let token = try token()
            self.init(
                signer: .identity(
                    expectation.identity ?? .oneOf(token.names),
                    issuer: expectation.issuer ?? .oneOf([token.certificateIssuer, token.issuer])))
        }
        requiresLogEntry = services.logs.count > 0
        requiresTimestamp = services.timestampAuthorities.count > 0
        requiresCertificateTimestamp = services.isPromiseNeeded
    }
}
