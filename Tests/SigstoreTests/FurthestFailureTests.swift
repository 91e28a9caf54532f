import JSON
import Patterns
import SigningCrypto
import Sigstore
import TestSupport
import Testing

@Suite("Of several candidates the failure that came furthest is told")
struct FurthestFailureTests {
    /// A trusted root in which strangers of the same names stand before or after those of the bundle.
    private func failure(
        strangersLast: Bool, ended: String, of list: String
    ) throws -> VerificationFailure? {
        var root = try JSONValue(parsing: TestVector.read("trusted-root-authorities-overlap.json"))
        guard case .array(let elements)? = root[list] else { return nil }
        let own = elements.count - 1
        root["\(list).\(own).\(ended).end"] = "2025-06-01T00:00:00Z"
        if strangersLast, case .array(let elements)? = root[list] {
            root[list] = .array(elements.reversed())
        }
        return try failure(root)
    }

    private func failure(_ root: JSONValue) throws -> VerificationFailure? {
        let file = try TestVector.read("artifact.txt")
        let policy = VerificationPolicy(
            signer: .identity(
                .exactly("release@example.com"), issuer: .exactly("https://accounts.example.com")))
        do {
            _ = try Verifier(trustedRoot: TrustedRoot(json: root.text())).verify(
                json: Documents.bundle("v0.3-blob-rekor-v2").text(),
                artifact: Artifact(digests: [Digest(of: file)]), policy: policy)
            return nil
        } catch let failure as VerificationFailure {
            return failure
        }
    }

    @Test(
        "the authority that has issued the certificate, not one of its name",
        arguments: [true, false])
    func certificateAuthority(strangersLast: Bool) throws {
        let failure = try failure(
            strangersLast: strangersLast, ended: "validFor", of: "certificateAuthorities")

        guard case .authorityTime = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test("the timestamp authority that has signed", arguments: [true, false])
    func timestampAuthority(strangersLast: Bool) throws {
        let failure = try failure(
            strangersLast: strangersLast, ended: "validFor", of: "timestampAuthorities")

        #expect(
            "\(try #require(failure))".contains(
                "the timestamp authority is trusted from 2025-01-15"))
    }

    @Test(
        "the key of the log that has signed, and one that fits is enough", arguments: [true, false])
    func logKey(strangersLast: Bool) throws {
        var root = try Documents.trustedRoot()
        guard case .array(let logs)? = root["tlogs"], var stranger = logs.first, let own = logs.last
        else { return }
        stranger["logId"] = own["logId"]
        func order(_ own: JSONValue) -> JSONValue {
            .array(strangersLast ? [own, stranger] : [stranger, own])
        }
        root["tlogs"] = order(own)
        #expect(try failure(root) == nil)

        root["tlogs"] = order(own.setting("publicKey.validFor.end", "2025-06-01T00:00:00Z"))
        guard case .logTime = try failure(root) else {
            Issue.record("\(String(describing: try failure(root)))")
            return
        }
    }

    @Test("a rule is further than those before it, and any is further than a bundle that is none")
    func order() {
        let failures: [VerificationFailure] = [
            .bundle(.emptyChain), .certificateExpected, .noVerifiedTime(reasons: []),
            .noCertificateAuthority, .identity(expected: "a", found: ["b"]),
            .logEntry(log: "l", .checkpointUnsigned(log: "l")),
            .logEntry(log: "l", .checkpointSignature(log: "l")), .logEntry(log: "l", .proof("p")),
            .promise(log: "l"), .signature(key: "k"), .entryVerifier(expected: "e"),
        ]

        for (first, second) in zip(failures, failures.dropFirst()) {
            #expect(second.isFurther(than: first))
            #expect(!first.isFurther(than: second))
            #expect(!first.isFurther(than: first))
        }
    }
}
