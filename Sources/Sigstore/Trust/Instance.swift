/// An instance of Sigstore, and where its trust begins.
package struct Instance: Sendable {
    /// The TUF repository.
    package let repository: String
    /// The `root.json` that the rest is checked from.
    package let root: [UInt8]
    /// What was trusted when this program was built; nil for an instance that it does not know.
    package let trustedRoot: [UInt8]?
    package let signingConfig: [UInt8]?

    package init(repository: String, root: [UInt8]) {
        self.init(repository: repository, root: root, trustedRoot: nil, signingConfig: nil)
    }

    private init(
        repository: String, root: [UInt8], trustedRoot: [UInt8]?, signingConfig: [UInt8]?
    ) {
        self.repository = repository
        self.root = root
        self.trustedRoot = trustedRoot
        self.signingConfig = signingConfig
    }

    package static let publicGood = Instance(
        repository: "https://tuf-repo-cdn.sigstore.dev",
        root: PackageResources.public_good_root_json,
        trustedRoot: PackageResources.public_good_trusted_root_json,
        signingConfig: PackageResources.public_good_signing_config_v0_2_json)

    package static let staging = Instance(
        repository: "https://tuf-repo-cdn.sigstage.dev",
        root: PackageResources.staging_root_json,
        trustedRoot: PackageResources.staging_trusted_root_json,
        signingConfig: PackageResources.staging_signing_config_v0_2_json)

    /// GitHub's own, which signs for what is private: it has a timestamp authority and no log, and nobody
    /// else can sign there.
    package static let gitHub = Instance(
        repository: "https://tuf-repo.github.com",
        root: PackageResources.github_root_json,
        trustedRoot: PackageResources.github_trusted_root_json, signingConfig: nil)
}
