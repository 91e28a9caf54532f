import JSON
import SigningCrypto
import Testing

@testable import OCI

@Suite("Manifests")
struct ManifestTests {
    private let digest = Digest(of: Array("image".utf8))

    private func manifest(_ members: String, _ type: String = "") throws -> Manifest {
        try Manifest(Array("{\(members)}".utf8), contentType: type)
    }

    @Test("the type is the manifest's own, else the answer's")
    func types() throws {
        let version = #""schemaVersion":2"#
        #expect(
            try manifest(version, MediaType.dockerManifest + "; charset=utf-8").isIndex == false)
        #expect(
            try manifest(#"\#(version),"mediaType":"\#(MediaType.index)""#, "text/plain").isIndex)
        let error = #expect(throws: ManifestError.self) {
            _ = try manifest(version, "text/plain")
        }
        #expect(
            error?.description == "'text/plain' is not a manifest of OCI or of Docker's schema 2")
        #expect(throws: ManifestError.self) {
            _ = try manifest(#""schemaVersion":1"#, MediaType.manifest)
        }
    }

    @Test("a manifest with two meanings is none")
    func ambiguous() throws {
        for (members, type) in [
            (#""mediaType":"\#(MediaType.index)""#, MediaType.manifest),
            (#""manifests":[]"#, MediaType.manifest), (#""layers":[]"#, MediaType.index),
        ] {
            #expect(throws: ManifestError.self) {
                _ = try manifest(#""schemaVersion":2,\#(members)"#, type)
            }
        }
    }

    @Test("what is too long or too deep is not read")
    func limits() {
        let long = [UInt8](repeating: 0x20, count: Manifest.sizeLimit + 1)
        #expect(throws: ManifestError.tooLong(long.count)) {
            _ = try Manifest(long, contentType: MediaType.manifest)
        }
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: ManifestError.self) {
            _ = try manifest(#""schemaVersion":2,"x":\#(deep)"#, MediaType.manifest)
        }
    }

    @Test("the same signature gives the same manifest to the byte, and its list element repeats it")
    func signature() throws {
        let made = SignatureManifest(
            subject: Descriptor(
                mediaType: MediaType.manifest, size: 7, digest: digest,
                annotations: ["not": "repeated"]),
            bundle: Descriptor(of: Array("bundle".utf8), mediaType: MediaType.bundle),
            predicateType: "https://sigstore.dev/cosign/sign/v1", created: "2026-01-01T00:00:00Z")

        #expect(made.text == made.text)
        let text = String(decoding: made.text, as: UTF8.self)
        #expect(
            text == """
                {"annotations":{"dev.sigstore.bundle.content":"dsse-envelope",\
                "dev.sigstore.bundle.predicateType":"https://sigstore.dev/cosign/sign/v1",\
                "org.opencontainers.image.created":"2026-01-01T00:00:00Z"},\
                "artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
                "config":{"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
                "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",\
                "mediaType":"application/vnd.oci.empty.v1+json","size":2},\
                "layers":[{"digest":"\(Digest(of: Array("bundle".utf8)).label)",\
                "mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","size":6}],\
                "mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2,\
                "subject":{"digest":"\(digest.label)",\
                "mediaType":"application/vnd.oci.image.manifest.v1+json","size":7}}
                """)
        let read = try Manifest(made.text, contentType: MediaType.manifest)
        #expect(read.bundle?.digest == made.bundle.digest)
        #expect(made.descriptor.digest == Digest(of: made.text))
        #expect(made.descriptor.annotations == made.annotations)
    }

    @Test("what others have put into a list of referrers stays as it is")
    func foreignElements() throws {
        let text = """
            {"schemaVersion":2,"mediaType":"\(MediaType.index)","x":1,
             "manifests":[{"digest":"sha999:1","platform":{"os":"linux"}},
                          {"mediaType":"a","size":1,"digest":"\(digest.label)"}]}
            """
        var index = try ReferrersIndex(Array(text.utf8))
        let own = Descriptor(of: [1], mediaType: MediaType.manifest)
        #expect(index.descriptors.map(\.digest) == [digest])
        let wasMissing = index.merge([own.element])
        let isMissing = index.merge([own.element])
        #expect(wasMissing && !isMissing)

        let written = try JSONNode(parsing: index.text)
        #expect(try written.required("x").integer == 1)
        let elements = try written.required("manifests").elements
        #expect(elements.count == 3)
        #expect(try elements[0].required("platform").required("os").string == "linux")
    }
}
