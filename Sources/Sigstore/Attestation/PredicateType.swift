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

    /// The members that a predicate has to have, by its short name.
    ///
    /// Source: SLSA provenance 0.2 and 1.0, in-toto Link 1.0, cosign's `specs/COSIGN_VULN_ATTESTATION_SPEC.md`.
    static func requiredMembers(_ word: String) -> [String] {
        switch word {
        case "slsaprovenance", "slsaprovenance02": ["builder", "buildType"]
        case "slsaprovenance1": ["buildDefinition", "runDetails"]
        case "link": ["name", "materials", "products"]
        case "vuln": ["invocation", "scanner", "metadata"]
        default: []
        }
    }

    /// The URI of a type: that of a short name, or the word itself when it is a URI.
    package static func uri(_ word: String) -> String? {
        byAlias[word] ?? (word.contains(":") ? word : nil)
    }
}
