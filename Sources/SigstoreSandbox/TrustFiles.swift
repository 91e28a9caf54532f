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
        [
            "mediaType": .string("application/vnd.dev.sigstore.trustedroot+json;version=0.1"),
            "tlogs": .array(
                sandbox.logsV1.map { log($0, $1.key.publicKey, id: $1.logID) }
                    + sandbox.logsV2.map { log($0, $1.key.publicKey, id: $1.logID) }),
            "certificateAuthorities": .array(
                sandbox.authorities.map { authority($0, $1.chain, sandbox.addresses[$0]) }),
            "ctlogs": .array(
                sandbox.authorities.map {
                    log($0, $1.transparencyLog.key.publicKey, id: $1.transparencyLog.logID)
                }),
            "timestampAuthorities": .array(
                sandbox.timestampAuthorities.map { authority($0, $1.chain, timestampURL($0)) }),
        ]
    }

    /// sigstore protobuf-specs, `SigningConfig`.
    package func signingConfig(_ logs: Logs) -> JSONValue {
        let first = sandbox.logsV1.map { service($0.0, version: 1) }
        let second =
            sandbox.settings.hasAlias
            ? [service(.rekorV2Alias, version: 2)]
            : sandbox.logsV2.map { service($0.0, version: 2) }
        let chosen = logs == .v1 ? first : logs == .v2 ? second : first + second
        let any: JSONValue = ["selector": .string("ANY")]
        return [
            "mediaType": .string("application/vnd.dev.sigstore.signingconfig.v0.2+json"),
            "caUrls": .array(sandbox.authorities.map { service($0.0) }),
            "oidcUrls": [service(.issuer, sandbox.issuer.issuerURL(.email))],
            "rekorTlogUrls": .array(chosen),
            "rekorTlogConfig": any,
            "tsaUrls": .array(
                sandbox.timestampAuthorities.map { service($0.0, timestampURL($0.0)) }),
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

    private func timestampURL(_ service: ServiceName) -> String {
        sandbox.addresses[service] + SandboxTimestampAuthority.path
    }

    private func service(
        _ name: ServiceName, _ url: String? = nil, version: Int64 = 1
    ) -> JSONValue {
        [
            "url": .string(url ?? sandbox.addresses[name]), "majorApiVersion": .integer(version),
            "validFor": period, "operator": .string(name.operatorName),
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

    private func authority(
        _ service: ServiceName, _ chain: [Certificate], _ uri: String
    ) -> JSONValue {
        [
            "subject": [
                "organization": .string(service.operatorName),
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

extension ServiceName {
    /// Of one operator's services, clients use one only.
    fileprivate var operatorName: String {
        CertificateIssuer.organization + (isSecond ? "-2" : "")
    }
}
