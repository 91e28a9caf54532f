import JSON

/// Which services an instance of Sigstore wants to be signed with.
///
/// Source: sigstore/protobuf-specs, `sigstore_trustroot.proto`, `SigningConfig` version 0.2.
package struct SigningConfig: Equatable, Sendable {
    package struct Service: Equatable, Sendable {
        package let url: String
        package let majorVersion: Int64
        package let period: ValidityPeriod
        package let operatorName: String

        package init(
            url: String, majorVersion: Int64, period: ValidityPeriod, operatorName: String
        ) {
            self.url = url
            self.majorVersion = majorVersion
            self.period = period
            self.operatorName = operatorName
        }
    }

    /// How many of the services are to be used.
    package enum Selector: Equatable, Sendable {
        case all
        case any
        case exact(Int)
    }

    package var certificateAuthorities: [Service]
    package let identityProviders: [Service]
    package var logs: [Service]
    package var logSelector: Selector?
    package var timestampAuthorities: [Service]
    package var timestampSelector: Selector?

    /// None of any kind.
    package static let empty = SigningConfig(
        certificateAuthorities: [], identityProviders: [], logs: [], logSelector: nil,
        timestampAuthorities: [], timestampSelector: nil)
}

extension SigningConfig {
    private static let mediaType = "application/vnd.dev.sigstore.signingconfig.v0.2+json"
    private static let elementLimit = 256

    package init(json text: [UInt8]) throws(TrustError) {
        self = try TrustError.reading("signing config") {
            try SigningConfig(JSONNode(parsingProto: text))
        }
    }

    init(_ node: JSONNode) throws {
        try node.checkMediaType([Self.mediaType])
        func services(_ name: String) throws -> [Service] {
            try node.list(name, limit: Self.elementLimit).map(Service.init)
        }
        certificateAuthorities = try services("caUrls")
        identityProviders = try services("oidcUrls")
        logs = try services("rekorTlogUrls")
        logSelector = try Self.selector(node, "rekorTlogConfig")
        timestampAuthorities = try services("tsaUrls")
        timestampSelector = try Self.selector(node, "tsaConfig")
    }

    private static func selector(_ node: JSONNode, _ name: String) throws -> Selector? {
        guard let config = try node.optional(name) else { return nil }
        let word: String? = try config.choice(
            "selector", ["ALL": (1, "ALL"), "ANY": (2, "ANY"), "EXACT": (3, "EXACT")])
        switch word {
        case "ALL": return .all
        case "ANY": return .any
        case "EXACT":
            let count = try config.count("count")
            guard let number = Int(exactly: count), number > 0 else {
                throw config.unexpected("a selector with a count of at least 1")
            }
            return .exact(number)
        default: return nil
        }
    }
}

extension SigningConfig.Service {
    fileprivate init(_ node: JSONNode) throws {
        url = try node.required("url").string
        majorVersion = try node.count("majorApiVersion")
        period = try ValidityPeriod(node.required("validFor"))
        operatorName = try node.text("operator")
    }
}
