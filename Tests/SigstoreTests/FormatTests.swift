import Patterns
import SigningCrypto
import Sigstore
import TestSupport
import Testing

/// Files as people have them, of our own making; see `scripts/test_vectors/formats.py`.
@Suite("Forms that are read")
struct FormatTests {
    @Test(
        "a file in use gets its verdict, from the artifact and from its digest, and says which decided",
        arguments: try FormatVector.all())
    func verdict(vector: FormatVector) throws {
        for algorithms in [HashAlgorithm.allCases, [.sha256]] {
            let finding = try vector.finding(algorithms)
            #expect(vector.outcome(of: finding) == vector.expected, "\(vector.check)")
            #expect(finding.place.map { "\($0)" } ?? "" == vector.place, "\(vector.check)")
        }
    }

    @Test(
        "a file that holds no bundle is named for what it is",
        arguments: [
            ("sbom.spdx.json", "an SBOM in SPDX"), ("sbom.cdx.json", "an SBOM in CycloneDX"),
            ("statement.json", "an in-toto statement that nobody has signed"),
            ("key.pem", "a public key in PEM"), ("page.html", "an HTML page"),
            ("pointer.sigstore.json", "a Git LFS pointer"), ("data.gz", "gzip data"),
            ("empty", "an empty file"), ("utf-16.json", "text in UTF-16"),
            ("checksums.txt", "a list of checksums"), ("signature.asc", "an OpenPGP signature"),
            ("artifact.txt.sig", "a signature in base64"),
            ("artifact.txt.pem", "a certificate in PEM"),
            ("artifact.txt.pem.base64", "a certificate in base64"),
            ("trusted-root-without-logs.json", "a trusted root"),
            ("cosign-entry-alone.bundle", "a log entry by itself"),
            ("github-answer-not-found.json", "the answer of a service that has no bundle"),
        ])
    func fileKind(name: String, kind: String) throws {
        let failure = try FormatVector.finding(in: "formats/\(name)").result
        guard case .failure(.bundle(let error)) = failure else {
            Issue.record("\(failure)")
            return
        }
        #expect("\(error)".hasPrefix("this is \(kind)"), "\(error)")
    }

    @Test("what a private key or a token is called does not repeat it")
    func secrets() {
        for (text, kind) in [
            ("-----BEGIN SECRETWORD PRIVATE KEY-----\nSECRET", "a private key"),
            ("-----BEGIN SECRETWORD-----", "a PEM file"),
            ("eyJhbGciOiJub25lIn0.SECRET.SECRET", "an identity token"),
        ] {
            let found = FileKind(Array(text.utf8))
            #expect(found?.name == kind)
            #expect("\(found?.hint ?? "")".contains("SECRET") == false)
        }
    }

    @Test("a lone signature is base64, bytes or an envelope, and nothing that is something else")
    func detached() throws {
        let raw = try TestVector.read("formats/artifact.txt.raw-sig")
        func read(_ name: String) throws -> [UInt8] {
            try Bundle(
                signature: TestVector.read("formats/\(name)"), signer: .publicKey(hint: "")
            ).content.signature
        }

        #expect(try read("artifact.txt.sig") == raw)
        #expect(try read("artifact.txt.raw-sig") == raw)
        #expect(try !read("key.intoto.jsonl").isEmpty)
        for name in ["artifact.txt.pem", "page.html", "empty", "data.gz"] {
            #expect(throws: BundleError.self) { try read(name) }
        }
    }

    @Test(
        "each line of a file of trusted roots is trusted by itself, and the first that fits decides"
    )
    func trustedRoots() throws {
        let roots = try TrustedRoot.all(json: TestVector.read("formats/trusted-roots.jsonl"))
        let file = try BundleFile(TestVector.read("formats/without-log.sigstore.json"))
        let artifact = Artifact(digests: [Digest(of: try TestVector.read("artifact.txt"))])
        var policy = VerificationPolicy(
            signer: .identity(.exactly("release@example.com"), issuer: .exactly("")))
        policy.requiresLogEntry = false
        policy.requiresCertificateTimestamp = false
        func isVerified(_ roots: [TrustedRoot]) -> Bool {
            let finding = Finding(
                file.candidates, trusting: roots, artifact: artifact, policy: policy)
            return (try? finding.result.get()) != nil
        }

        #expect(roots.count == 2)
        #expect(isVerified(roots) && isVerified(roots.reversed()) && isVerified([roots[1]]))
        #expect(!isVerified([roots[0]]))
        #expect(throws: TrustError.self) {
            try TrustedRoot.all(json: TestVector.read("formats/two.jsonl"))
        }
    }
}

struct FormatVector: Sendable, CustomTestStringConvertible {
    let name: String
    let trustedRootName: String
    let keyName: String
    let isWithoutLog: Bool
    let expected: TestVector.Outcome
    let place: String
    let check: String

    var testDescription: String { name }

    static func all() throws -> [FormatVector] {
        let lines = String(decoding: try TestVector.read("formats/expected.tsv"), as: UTF8.self)
            .split(separator: "\n").dropFirst()
        return lines.map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            return FormatVector(
                name: cells[0], trustedRootName: cells[1], keyName: cells[2],
                isWithoutLog: cells[3] == "yes",
                expected: cells[4] == "accepted"
                    ? .accepted : .rejected(step: cells[5], className: cells[6]),
                place: cells[7], check: cells[8])
        }
    }

    func finding(_ algorithms: [HashAlgorithm]) throws -> Finding {
        try Self.finding(
            in: name, trusting: trustedRootName, key: keyName, isWithoutLog: isWithoutLog,
            algorithms)
    }

    static func finding(
        in name: String, trusting root: String = "trusted-root.json", key: String = "",
        isWithoutLog: Bool = false, _ algorithms: [HashAlgorithm] = [.sha256]
    ) throws -> Finding {
        let file = try TestVector.read("artifact.txt")
        var policy = VerificationPolicy(
            signer: key.isEmpty
                ? .identity(
                    .exactly("release@example.com"),
                    issuer: .exactly("https://accounts.example.com"))
                : .key(
                    try PublicKey(pem: String(decoding: TestVector.read(key), as: UTF8.self))))
        policy.requiresLogEntry = !isWithoutLog
        do {
            return Finding(
                try BundleFile(TestVector.read(name)).candidates,
                trusting: [try TrustedRoot(json: TestVector.read(root))],
                artifact: Artifact(digests: algorithms.map { Digest(of: file, using: $0) }),
                policy: policy)
        } catch let error as BundleError {
            return Finding(.failure(.bundle(error)))
        }
    }

    func outcome(of finding: Finding) -> TestVector.Outcome {
        switch finding.result {
        case .success: .accepted
        case .failure(let failure):
            .rejected(step: "\(failure.step)", className: failure.className)
        }
    }
}
