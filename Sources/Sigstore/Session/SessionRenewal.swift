import SigningCrypto

/// Signing anew what an earlier run has signed. That run is known from a file only, and anybody may have
/// written that.
extension SigningSession {
    /// Has a new certificate come from the authority of this run, whatever the file names: it is shown an
    /// identity token.
    package mutating func takeCertificates(from authority: SigningServices.Service) {
        services.takeCertificates(from: authority)
    }

    /// Whether it has been signed under its certificate, and an authority that is trusted has issued that.
    /// Nobody is to have something signed by putting a file where it will be finished.
    package func checkIsGenuine(in trustedRoot: TrustedRoot) throws(SigningError) {
        guard let certificate, let key, let bundle else { return }
        do throws(FulcioError) {
            try IssuedCertificate(leaf: certificate).check(
                key: key, trustedRoot: trustedRoot, expecting: CertificateExpectations(),
                isPromiseNeeded: false)
        } catch {
            throw SigningError(.certificate, error)
        }
        var policy = VerificationPolicy(signer: .key(key))
        policy.checksSubject = false
        do throws(VerificationFailure) {
            _ = try Verifier(trustedRoot: trustedRoot).checkSignature(
                of: bundle, key: key, content.artifact, policy)
        } catch {
            throw SigningError(.certificate, error)
        }
    }
}
