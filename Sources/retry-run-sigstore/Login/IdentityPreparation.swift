import Console
import FoundationEssentials
import Glibc
import HTTP
import OpenIDConnect
import RetryEngine
import Sigstore

/// Finds out who there is to sign in the name of.
struct IdentityPreparation {
    let options: SignerOptions
    let calls: SigningCalls<SystemClock>
    let cancellation: Int32?
    let reporter: Reporter

    enum Source {
        /// Where tokens are without asking anybody.
        case ambient(IdentitySource)
        /// Somebody who logs in.
        case person(Interaction.Way)
    }

    /// The first source there is, else a person who may be asked.
    ///
    /// - Throws: `IdentityError` in a CI system that would give a token and does not, `UsageError` where
    ///   there is nobody to ask.
    func source() throws -> Source {
        let productName = try? InputFile(IdentitySource.productNameFile).content(limit: 4096)
        let found = try IdentitySource.detect(
            option: options.identityToken, audience: options.oidcClientID,
            environment: ProcessInfo.processInfo.environment,
            fileExists: { InputFile.exists($0) },
            productName: productName.map { String(decoding: $0, as: UTF8.self) })
        if let found { return .ambient(found) }
        guard let way = loginWay else {
            throw UsageError(
                "there is no identity token: give one with --identity-token or SIGSTORE_ID_TOKEN, "
                    + "or log in with --login browser or --login device")
        }
        return .person(way)
    }

    /// - Parameter issuer: Where a person logs in; nil where the signing config names nobody.
    func provider(
        _ source: Source, loggingInAt issuer: String?
    ) throws -> any IdentityProvider<ContinuousClock.Instant> {
        let client = calls.client(.token)
        switch source {
        case .ambient(let source):
            return source.provider(
                client: client, readFile: { try InputFile($0, as: "the file").content(limit: $1) },
                runCommand: { [calls, cancellation] command, deadline in
                    try CommandOutput(calls: calls, cancellation: cancellation)
                        .read(command, deadline: deadline)
                })
        case .person(let way):
            guard let issuer = options.oidcIssuer ?? issuer else {
                throw UsageError(
                    "the signing config names nobody to log in at; use --oidc-issuer")
            }
            return Interaction(reporter: reporter, cancellation: cancellation).provider(
                way, issuer: issuer, clientID: options.oidcClientID, client: client,
                clock: calls.clock)
        }
    }

    private var loginWay: Interaction.Way? {
        switch options.login {
        case .browser: .browser
        case .device: .device
        case .none: nil
        case .auto: isatty(0) == 1 && isatty(2) == 1 ? .browser : nil
        }
    }
}
