import ArgumentParser
import Console
import SigningCrypto
import Sigstore

/// A signature that is no bundle, and whose it is.
struct DetachedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A signature by itself, in base64 or not, or an envelope; with --key or --certificate.",
            valueName: "file"))
    var signature: String?

    @Option(
        help: ArgumentHelp(
            "The signer's certificate, in PEM; its log entry is looked up, unless a --bundle has it.",
            valueName: "file"))
    var certificate: String?

    @Option(
        help: ArgumentHelp(
            "The certificate's authorities in PEM, from its issuer to the root: who is trusted to "
                + "issue it, instead of the trusted root's.",
            valueName: "file"))
    var certificateChain: String?
}

extension DetachedOptions {
    /// - Throws: `UsageError` where one is missing that belongs to another.
    func check(key: String?) throws {
        if certificate != nil, signature == nil {
            throw UsageError("--certificate needs --signature; a bundle has its certificate inside")
        }
        if certificateChain != nil, certificate == nil {
            throw UsageError("--certificate-chain needs --certificate")
        }
        if key != nil, certificate != nil {
            throw UsageError("--key and --certificate are mutually exclusive")
        }
        if signature != nil, key == nil, certificate == nil {
            throw UsageError("--signature needs --key or --certificate: say whose it is")
        }
    }

    /// The signature as a bundle that has nothing else; nil where none is given.
    func bundle() throws -> Result<Bundle, VerificationFailure>? {
        guard let signature else { return nil }
        let signer = try certificate.map(Self.signer) ?? .publicKey(hint: "")
        let content = try Self.signature(signature)
        do throws(BundleError) {
            return .success(try Bundle(signature: content, signer: signer))
        } catch {
            return .failure(.bundle(error))
        }
    }

    /// The authority that is trusted instead; nil for those of the trusted root.
    func authority() throws -> [Certificate]? {
        try certificateChain.map { file in
            let pem = String(decoding: try Self.content(file), as: UTF8.self)
            let chain: [Certificate]
            do {
                chain = try Certificate.certificates(inPEM: pem)
            } catch {
                throw UsageError("--certificate-chain '\(file)': \(error)")
            }
            if chain.isEmpty {
                throw UsageError("--certificate-chain '\(file)': there is not a certificate in it")
            }
            return chain
        }
    }

    /// Of a file; or of the word itself, as cosign takes it, where it can be nothing else.
    private static func signature(_ word: String) throws -> [UInt8] {
        let bytes = [UInt8](base64: word)
        let isSignature = bytes.map { $0.count >= 64 } ?? false
        switch (isSignature, word != "-" && InputFile.exists(word)) {
        case (true, true):
            throw UsageError(
                "--signature: the word is base64, and there is a file of that name; write ./ before "
                    + "it for the file, or the signature into a file")
        case (true, false): return bytes ?? []
        default: return try content(word)
        }
    }

    private static func signer(_ file: String) throws -> Bundle.Signer {
        let content = try content(file)
        do {
            if content.first == 0x30 {
                return .certificates(leaf: try Certificate(der: content), others: [])
            }
            let signer = try Bundle.Signer(pem: String(decoding: content, as: UTF8.self))
            guard case .certificates = signer else {
                throw UsageError("--certificate '\(file)' is a public key; give it with --key")
            }
            return signer
        } catch let error as CryptoError {
            throw UsageError("--certificate '\(file)': \(error)")
        }
    }

    private static func content(_ file: String) throws -> [UInt8] {
        try InputFile(file).content(limit: BundleLimit.size)
    }
}
