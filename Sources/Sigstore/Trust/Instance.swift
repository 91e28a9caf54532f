package import HTTP

/// An instance of Sigstore, and where its trust begins.
package struct Instance: Sendable {
    /// The address of the TUF repository, which may hold a password.
    private let address: String
    /// The same for messages, without secrets.
    package let name: String
    /// The `root.json` that the rest is checked from.
    package let root: [UInt8]
    /// As in "the staging instance"; nil for one that this program does not know.
    package let label: String?
    /// The option that chooses it; nil where none is needed.
    package let option: String?
    /// What was trusted when this program was built.
    package let trustedRoot: [UInt8]?
    package let signingConfig: [UInt8]?

    /// - Parameter root: The first `root.json` to trust.
    /// - Throws: for an address that cannot be used.
    package init(repository address: String, root: [UInt8]) throws(HTTPFailure) {
        self.address = address
        let url = try HTTPURL(address).description
        name = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.root = root
        (label, option, trustedRoot, signingConfig) = (nil, nil, nil, nil)
    }

    private init(
        _ label: String, option: String?, repository address: String, root: [UInt8],
        trustedRoot: [UInt8], signingConfig: [UInt8]?
    ) {
        self.address = address
        name = address
        self.root = root
        self.label = label
        self.option = option
        self.trustedRoot = trustedRoot
        self.signingConfig = signingConfig
    }

    /// The TUF repository.
    package var repository: HTTPURL {
        get throws(HTTPFailure) { try HTTPURL(address) }
    }
}

extension Instance {
    package static let publicGood = Instance(
        "public-good", option: nil, repository: "https://tuf-repo-cdn.sigstore.dev",
        root: PackageResources.public_good_root_json,
        trustedRoot: PackageResources.public_good_trusted_root_json,
        signingConfig: PackageResources.public_good_signing_config_v0_2_json)

    package static let staging = Instance(
        "staging", option: "--staging", repository: "https://tuf-repo-cdn.sigstage.dev",
        root: PackageResources.staging_root_json,
        trustedRoot: PackageResources.staging_trusted_root_json,
        signingConfig: PackageResources.staging_signing_config_v0_2_json)

    /// GitHub's own, which signs for what is private and for releases: it has a timestamp authority and no
    /// log, and nobody else can sign there.
    package static let gitHub = Instance(
        "GitHub", option: "--github", repository: "https://tuf-repo.github.com",
        root: PackageResources.github_root_json,
        trustedRoot: PackageResources.github_trusted_root_json, signingConfig: nil)

    package static let builtIn = [publicGood, staging, gitHub]
}
