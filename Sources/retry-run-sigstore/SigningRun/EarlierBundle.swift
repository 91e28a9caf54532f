import Console
import OpenIDConnect
import OperatingSystem
import Patterns
import SigningCrypto
import Sigstore

/// A bundle that an earlier run has written, which is kept where it is of the same content and in the
/// same name.
struct EarlierBundle {
    let path: String
    private let json: [UInt8]
    private let bundle: Bundle
    private let wayOut: String

    /// - Parameter wayOut: What can be done where it is another one.
    /// - Throws: `UsageError` for a file that is no bundle.
    init(_ path: String, else wayOut: String = "--overwrite replaces it") throws {
        self.path = path
        self.wayOut = wayOut
        // Whoever has put a FIFO there may never write to it.
        if InputFile.exists(path), FileIdentity(path)?.isRegular == false {
            throw Self.unusable(path, "it is not a file", wayOut)
        }
        json = try InputFile(path).content(limit: BundleLimit.size)
        do {
            bundle = try Bundle(json: json)
        } catch {
            throw Self.unusable(path, "\(error)", wayOut)
        }
    }

    var signature: [UInt8] { bundle.content.signature }

    /// Of the same signature it is the same bundle, whatever its log has said when.
    func isSame(as other: SignedBundle) -> Bool {
        (try? Bundle(json: other.json))?.content.signature == signature
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
            guard says(content) else { throw Self.unusable(path, "it says something else", wayOut) }
            return SignedBundle(json: json, verification: verification)
        } catch let error as VerificationFailure {
            throw Self.unusable(path, "\(error)", wayOut)
        }
    }

    /// Of an image: the bundle of its signature in the registry is the one that is kept.
    ///
    /// - Throws: `UsageError` where it is another bundle.
    func check(isIn pushed: EarlierSignature?) throws {
        if pushed?.bundle.json == bundle.json() { return }
        throw Self.unusable(path, "it is not of a signature in the registry", wayOut)
    }

    /// Whether it is a signature where one is to be made, or the same statement but for when it was made.
    private func says(_ content: SignableContent) -> Bool {
        switch (bundle.content, content) {
        case (.message, .artifact): return true
        case (.envelope(let envelope), .statement(let payload, _)):
            return Statement.isSame(envelope.payload, as: payload)
        default: return false
        }
    }

    private static func unusable(_ path: String, _ reason: String, _ wayOut: String) -> UsageError {
        UsageError("\(quoted(path)) already exists and cannot be kept: \(reason); \(wayOut)")
    }
}

extension VerificationPolicy {
    /// What the bundles of a run have to show.
    ///
    /// - Parameter token: Asked for where the options do not name somebody already.
    init(
        of key: (any SigningKey)?, _ expectation: IdentityExpectation, _ services: SigningServices,
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
