import SigningCrypto

extension Digest {
    /// The tag under which registries without the referrers API keep a list of what refers to a digest.
    ///
    /// Source: OCI distribution specification 1.1, "Referrers Tag Schema".
    var fallbackTag: String { "\(algorithm.rawValue)-\(hex)" }
}
