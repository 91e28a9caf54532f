import FoundationEssentials
import Patterns
import SigningCrypto
import Sigstore
import Testing

/// Bundles that real clients made with the real instances, judged by the trust that is built in.
///
/// The data is not ours to hand on: `RETRY_RUN_SHARED_DATA` is the folder that has it.
@Suite("Real bundles", .enabled(if: RealBundle.folder != nil))
struct RealBundleTests {
    @Test("a real bundle gets the right verdict, and for its own reason", arguments: RealBundle.all)
    func verdict(bundle: RealBundle) throws {
        #expect(try bundle.outcome(bundle.home, bundle.artifact) == bundle.reason)
    }

    @Test("a digest alone gets the same verdict", arguments: RealBundle.all)
    func verdictFromDigest(bundle: RealBundle) throws {
        let artifact = Artifact(digests: [Digest(of: try bundle.file)])
        #expect(try bundle.outcome(bundle.home, artifact) == bundle.reason)
    }

    @Test("another artifact, identity or issuer is refused", arguments: RealBundle.accepted)
    func others(bundle: RealBundle) throws {
        let other = Artifact(digests: [Digest(of: Array("other".utf8))])

        #expect(try bundle.outcome(bundle.home, other) == "7 artifact-mismatch")
        #expect(
            try bundle.outcome(bundle.home, bundle.artifact, identity: "somebody@example.com")
                == "5 identity-mismatch")
        #expect(
            try bundle.outcome(bundle.home, bundle.artifact, issuer: "https://example.com")
                == "5 identity-mismatch")
    }

    @Test("the other instance vouches for none", arguments: RealBundle.all)
    func otherInstance(bundle: RealBundle) throws {
        let isInvalid = try bundle.reason == "1 bundle-invalid"

        #expect(
            try bundle.outcome(bundle.other, bundle.artifact)
                == (isInvalid ? bundle.reason : "2 no-verified-time"))
    }

    @Test("what is read is written so that it reads the same", arguments: RealBundle.accepted)
    func roundTrip(bundle: RealBundle) throws {
        let read = try Bundle(json: bundle.content)

        #expect(try Bundle(json: read.json()) == read)
    }

    @Test("a certificate of a GitHub workflow is checked for what it says of the workflow")
    func workflow() throws {
        let bundle = try #require(RealBundle.all.first { $0.name.contains("github") })
        let known: [WorkflowClaim: String] = [
            .trigger: "release", .name: "release", .repository: "trailofbits/rfc8785.py",
            .ref: "refs/tags/v0.1.2",
        ]

        #expect(try bundle.outcome(bundle.home, bundle.artifact, workflow: known) == "accepted")
        for claim in known.keys {
            var wrong = known
            wrong[claim] = "other"
            #expect(
                try bundle.outcome(bundle.home, bundle.artifact, workflow: wrong)
                    == "5 identity-mismatch")
        }
    }
}

/// A line of `bundles/expected.tsv`.
struct RealBundle: Sendable, CustomTestStringConvertible {
    static let folder = ProcessInfo.processInfo.environment["RETRY_RUN_SHARED_DATA"]
    static let all = folder.map(read) ?? []
    static let accepted = all.filter { $0.verdict == "accepted" }

    let name: String
    let artifactName: String
    let instance: String
    let identity: String
    let issuer: String
    let verdict: String

    var testDescription: String { name }

    private static func read(folder: String) -> [RealBundle] {
        let text = (try? content("expected.tsv")) ?? []
        return String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst().map {
            line in
            let cells = line.split(separator: "\t").map(String.init)
            return RealBundle(
                name: cells[0], artifactName: cells[1], instance: cells[2], identity: cells[3],
                issuer: cells[4], verdict: cells[5])
        }
    }

    private static func content(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(folder ?? "")/bundles/\(name)")))
    }

    var content: [UInt8] { get throws { try Self.content(name) } }
    var file: [UInt8] { get throws { try Self.content(artifactName) } }

    var artifact: Artifact {
        get throws {
            let file = try file
            return Artifact(digests: HashAlgorithm.allCases.map { Digest(of: file, using: $0) })
        }
    }

    /// Which flaw each of the rejected ones has.
    var reason: String {
        get throws {
            if verdict == "accepted" { return verdict }
            return try #require(Self.reasons[name], "a new bundle: find out what is wrong with it")
        }
    }

    private static let reasons = [
        // The entry is somebody's, with another signature (CVE-2022-36056).
        "bundle_cve_2022_36056.txt.sigstore": "8 tlog-mismatch",
        "bundle_invalid_version.txt.sigstore": "1 bundle-invalid",
        "bundle_no_checkpoint.txt.sigstore": "1 bundle-invalid",
        "bundle_no_log_entry.txt.sigstore": "2 no-verified-time",
        // An integrated time without a promise, and a list of timestamps that is empty.
        "bundle_v3_no_signed_time.txt.sigstore.json": "2 no-verified-time",
        "tsa-bundle.duplicate.sigstore": "1 bundle-invalid",
        "tsa-bundle.many_timestamp.sigstore": "1 bundle-invalid",
        // Promised two minutes after the end of the certificate.
        "tsa-bundle.txt.late_timestamp.sigstore": "3 cert-time",
    ]

    /// The instance that it was made with, staging for all that expect "either" but one.
    var home: BuiltInTrust {
        BuiltInTrust(rawValue: instance)
            ?? (name.hasPrefix("bundle_v3_no_signed_time") ? .publicGood : .staging)
    }

    var other: BuiltInTrust { home == .staging ? .publicGood : .staging }

    func outcome(
        _ trust: BuiltInTrust, _ artifact: Artifact, identity: String? = nil, issuer: String? = nil,
        workflow: [WorkflowClaim: String] = [:]
    ) throws -> String {
        let policy = VerificationPolicy(
            signer: .identity(
                .exactly(identity ?? self.identity), issuer: .exactly(issuer ?? self.issuer),
                workflow: workflow))
        let root = try TrustedRoot(json: trust.trustedRoot)
        do {
            _ = try Verifier(trustedRoot: root).verify(
                json: try content, artifact: artifact, policy: policy)
            return "accepted"
        } catch let failure as VerificationFailure {
            return "\(failure.step) \(failure.className)"
        }
    }
}
