import JSON
import TestSupport
import Testing

@testable import Sigstore

@Suite("Writing bundles")
struct BundleWritingTests {
    private func written(_ document: JSONValue) throws -> JSONValue {
        try JSONValue(parsing: Bundle(json: document.text()).json())
    }

    @Test(
        "a bundle is written as it was read",
        arguments: [
            "v0.1-blob-rekor-v1", "v0.1-without-checkpoint", "v0.2-chain-with-intermediate",
            "v0.2-dsse-rekor-v1", "v0.3-blob-rekor-v1-timestamp", "v0.3-dsse-rekor-v2",
            "key-blob-rekor-v2",
        ])
    func sameBundle(name: String) throws {
        let document = try Documents.bundle(name)

        #expect(try written(document) == document)
    }

    @Test("0.3 is written with the media type of its own")
    func mediaType() throws {
        let document = try written(Documents.bundle("v0.3-old-blob-rekor-v1"))

        #expect(document["mediaType"] == "application/vnd.dev.sigstore.bundle.v0.3+json")
    }

    @Test("integers are strings, also those that were read as numbers")
    func integers() throws {
        let document = try written(Documents.bundle("integers-as-numbers"))

        guard case .string? = document["verificationMaterial.tlogEntries.0.logIndex"] else {
            Issue.record("the index is not a string")
            return
        }
    }

    @Test("an index of 0 is written, for readers that miss it")
    func indexZero() throws {
        let document = try written(Documents.bundle("log-index-zero-absent"))

        #expect(document["verificationMaterial.tlogEntries.0.inclusionProof.logIndex"] == "0")
    }

    @Test("an unknown time is left out")
    func noTime() throws {
        let document = try written(Documents.bundle("v0.3-blob-rekor-v2"))

        #expect(document["verificationMaterial.tlogEntries.0.integratedTime"] == nil)
    }
}
