import Console
import FoundationEssentials
import Glibc
import HTTP
import RetryEngine
import Sigstore

/// Finds out who there is to sign in the name of.
struct IdentitySetUp {
    let options: SignerOptions
    let calls: SigningCalls<SystemClock>
    let cancellation: Int32?
    let reporter: Reporter

    /// Who gives identity tokens without asking anybody: the first source there is.
    ///
    /// - Throws: `IdentityError` in a CI system that would give one and does not.
    func ambientProvider() throws -> (any IdentityProvider<ContinuousClock.Instant>)? {
        try IdentitySource.detect(
            option: options.identityToken, audience: options.oidcClientID,
            environment: ProcessInfo.processInfo.environment,
            fileExists: { InputFile.exists($0) },
            productName: (try? InputFile(IdentitySource.productNameFile).content(limit: 4096))
                .map { String(decoding: $0, as: UTF8.self) }
        )?.provider(
            client: calls.client(.token), readFile: { try InputFile($0).content(limit: $1) },
            runCommand: { [calls, cancellation] command, deadline in
                try CommandOutput(calls: calls, cancellation: cancellation)
                    .read(command, deadline: deadline)
            })
    }

    /// A person who logs in.
    ///
    /// - Parameter issuer: Where; nil where the signing config names nobody.
    /// - Throws: `UsageError` where there is nobody to ask.
    func login(at issuer: String?) throws -> any IdentityProvider<ContinuousClock.Instant> {
        guard let way = loginWay else {
            throw UsageError(
                "there is no identity token: give one with --identity-token or SIGSTORE_ID_TOKEN, "
                    + "or log in with --login browser or --login device")
        }
        guard let issuer = options.oidcIssuer ?? issuer else {
            throw UsageError("the signing config names nobody to log in at; use --oidc-issuer")
        }
        return Interaction(reporter: reporter, cancellation: cancellation).provider(
            way, issuer: issuer, clientID: options.oidcClientID, client: calls.client(.token),
            clock: calls.clock)
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
