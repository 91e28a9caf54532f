import SigningCrypto

extension Instance {
    /// The built-in instance that a bundle is of, where that is not the one whose trust was tried.
    ///
    /// It is a guess to help with: nothing is verified by it.
    package static func recognized(by bundle: Bundle, insteadOf tried: [TrustedRoot]) -> Instance? {
        if tried.contains(where: { $0.knows(bundle) }) { return nil }
        return builtIn.first { instance in
            instance.trustedRoot.flatMap { try? TrustedRoot(json: $0) }?.knows(bundle) ?? false
        }
    }
}

extension TrustedRoot {
    /// Whether a log or an authority of this root has had to do with the bundle.
    func knows(_ bundle: Bundle) -> Bool {
        if bundle.entries.contains(where: { !logs(of: $0).isEmpty }) { return true }
        // Names are no sign: those of the public-good instance and of staging are the same.
        if let leaf = bundle.certificate,
            certificateAuthorities.contains(where: { leaf.isSigned(byOneOf: $0.chain) })
        {
            return true
        }
        let verifier = Verifier(trustedRoot: self)
        return bundle.timestamps.contains { response in
            let result = verifier.verifiedTime(of: response, signature: bundle.content.signature)
            return (try? result.get()) != nil
        }
    }
}
