/// The short names for types of predicates, as cosign has them.
package enum PredicateType {
    private static let byAlias = [
        "slsaprovenance": "https://slsa.dev/provenance/v0.2",
        "slsaprovenance02": "https://slsa.dev/provenance/v0.2",
        "slsaprovenance1": "https://slsa.dev/provenance/v1",
        "spdx": "https://spdx.dev/Document",
        "spdxjson": "https://spdx.dev/Document",
        "cyclonedx": "https://cyclonedx.org/bom",
        "link": "https://in-toto.io/Link/v1",
        "vuln": "https://cosign.sigstore.dev/attestation/vuln/v1",
        "openvex": "https://openvex.dev/ns",
        "custom": "https://cosign.sigstore.dev/attestation/v1",
    ]

    package static var aliases: [String] { byAlias.keys.sorted() }

    /// The URI of a type: that of a short name, or the word itself when it is a URI.
    package static func uri(_ word: String) -> String? {
        byAlias[word] ?? (word.contains(":") ? word : nil)
    }
}
