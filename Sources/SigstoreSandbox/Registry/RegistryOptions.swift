/// How the registry of a sandbox behaves, as registries differ.
package struct RegistryOptions: Sendable {
    package var authentication = RegistryAuthentication.anonymous
    /// Of the tokens that it gives, in seconds.
    package var tokenLifetime: Int64 = 300
    /// Whether it keeps referrers and links what names a subject; docker-registry 2.8 does neither.
    package var keepsReferrers = true
    /// Whether a manifest has an ETag, and `If-Match` is honoured.
    package var hasETags = false
    /// Whether blobs are read at another address.
    package var redirectsBlobs = false
    /// How many reads after a push see what was there before it.
    package var lag = 0
    /// How many entries a page of a list has at most.
    package var pageSize = 100

    package init() {}
}

/// What a client has to show to the registry.
package enum RegistryAuthentication: String, Sendable, CaseIterable {
    case anonymous
    case basic
    /// A token of the registry's token endpoint; one for reading is given to everybody.
    case bearer
}
