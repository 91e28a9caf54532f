import FoundationEssentials
package import JSON
import SigningCrypto

/// What clients are told of the sandbox: whom to trust, and where to sign.
package struct TrustFiles {
    private let sandbox: Sandbox
    private let period: JSONValue

    package init(_ sandbox: Sandbox) {
        self.sandbox = sandbox
        let start = sandbox.clock.now.addingTimeInterval(-86400)
        period = ["start": .string(start.timestampText)]
    }

    /// Which kinds of log a signing config names.
    package enum Logs: String, CaseIterable {
        case v1
        case v2
        case both
    }

    /// sigstore protobuf-specs, `TrustedRoot`.
    package var trustedRoot: JSONValue {
        let fulcio = sandbox.fulcio
        return [
            "mediaType": .string("application/vnd.dev.sigstore.trustedroot+json;version=0.1"),
            "tlogs": .array([
                log(.rekorV1, sandbox.rekorV1.key.publicKey, id: sandbox.rekorV1.logID),
                log(.rekorV2, sandbox.rekorV2.key.publicKey, id: sandbox.rekorV2.logID),
            ]),
            "certificateAuthorities": [authority(fulcio.chain, uri: sandbox.addresses[.fulcio])],
            "ctlogs": [
                log(
                    .fulcio, fulcio.transparencyLog.key.publicKey, id: fulcio.transparencyLog.logID)
            ],
            "timestampAuthorities": [
                authority(sandbox.timestampAuthority.chain, uri: timestampURL)
            ],
        ]
    }

    /// sigstore protobuf-specs, `SigningConfig`.
    package func signingConfig(_ logs: Logs) -> JSONValue {
        let first = service(sandbox.addresses[.rekorV1], version: 1)
        let second = service(sandbox.addresses[.rekorV2], version: 2)
        let chosen = logs == .v1 ? [first] : logs == .v2 ? [second] : [first, second]
        let any: JSONValue = ["selector": .string("ANY")]
        return [
            "mediaType": .string("application/vnd.dev.sigstore.signingconfig.v0.2+json"),
            "caUrls": [service(sandbox.addresses[.fulcio], version: 1)],
            "oidcUrls": [service(sandbox.issuer.issuerURL(.email), version: 1)],
            "rekorTlogUrls": .array(chosen),
            "rekorTlogConfig": any,
            "tsaUrls": [service(timestampURL, version: 1)],
            "tsaConfig": any,
        ]
    }

    /// sigstore protobuf-specs, `ClientTrustConfig`.
    package func clientTrustConfig(_ logs: Logs) -> JSONValue {
        [
            "mediaType": .string("application/vnd.dev.sigstore.clienttrustconfig.v0.1+json"),
            "trustedRoot": trustedRoot,
            "signingConfig": signingConfig(logs),
        ]
    }

    private var timestampURL: String {
        sandbox.addresses[.tsa] + SandboxTimestampAuthority.path
    }

    private func service(_ url: String, version: Int64) -> JSONValue {
        [
            "url": .string(url), "majorApiVersion": .integer(version), "validFor": period,
            "operator": .string(CertificateIssuer.organization),
        ]
    }

    private func log(_ service: ServiceName, _ key: PublicKey, id: [UInt8]) -> JSONValue {
        let details = key.kind == .ed25519 ? "PKIX_ED25519" : "PKIX_ECDSA_P256_SHA_256"
        return [
            "baseUrl": .string(sandbox.addresses[service]),
            "hashAlgorithm": .string("SHA2_256"),
            "publicKey": [
                "rawBytes": .string(key.subjectPublicKeyInfo.base64),
                "keyDetails": .string(details),
                "validFor": period,
            ],
            "logId": ["keyId": .string(id.base64)],
        ]
    }

    private func authority(_ chain: [Certificate], uri: String) -> JSONValue {
        [
            "subject": [
                "organization": .string(CertificateIssuer.organization),
                "commonName": .string("sandbox"),
            ],
            "uri": .string(uri),
            "certChain": [
                "certificates": .array(chain.map { ["rawBytes": .string($0.der.base64)] })
            ],
            "validFor": period,
        ]
    }
}
