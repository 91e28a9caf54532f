import JSON

/// A trusted root and a signing config in one file: all that a client needs to know of an instance.
package struct ClientTrustConfig: Equatable, Sendable {
    package let trustedRoot: TrustedRoot
    package let signingConfig: SigningConfig

    package init(json text: [UInt8]) throws(TrustError) {
        self = try TrustError.reading("client trust config") {
            let node = try JSONNode(parsingProto: text)
            try node.checkMediaType(["application/vnd.dev.sigstore.clienttrustconfig.v0.1+json"])
            return ClientTrustConfig(
                trustedRoot: try TrustedRoot(node.required("trustedRoot")),
                signingConfig: try SigningConfig(node.required("signingConfig")))
        }
    }

    private init(trustedRoot: TrustedRoot, signingConfig: SigningConfig) {
        self.trustedRoot = trustedRoot
        self.signingConfig = signingConfig
    }
}
