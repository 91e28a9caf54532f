import FoundationEssentials
import Patterns
import SigningCrypto
import Sigstore
import TestSupport
import Testing

/// Bundles with one flaw each, and some that only look flawed; see `scripts/make-test-vectors`.
@Suite("Test vectors")
struct TestVectorTests {
    @Test(
        "a bundle is accepted, or rejected at the step and with the class of its one flaw",
        arguments: try TestVector.all())
    func verdict(vector: TestVector) throws {
        #expect(try vector.outcome(vector.artifact) == vector.expected, "\(vector.check)")
    }

    @Test(
        "a digest alone gets the same verdict as the file",
        arguments: try TestVector.all().filter { !$0.needsFile })
    func verdictFromDigest(vector: TestVector) throws {
        let file = try TestVector.read(vector.artifactName)
        #expect(
            try vector.outcome(Artifact(digests: [Digest(of: file)])) == vector.expected,
            "\(vector.check)")
    }

    @Test(
        "what is wrong with a timestamp is named",
        arguments: [
            ("timestamp-version-other", "version 2 instead of 1"),
            ("timestamp-two-signers", "2 signers instead of one"),
            ("tsa-usage-not-signing", "its key may not sign"),
        ])
    func timestampText(name: String, text: String) throws {
        let vector = try #require(
            TestVector.all().first { $0.name.hasSuffix("/\(name).sigstore.json") })
        let failure = failure(VerificationFailure.self) { try vector.verify() }
        #expect(try #require(failure).description.contains(text))
    }

    @Test(
        "what is read is written so that it reads the same, and is judged the same",
        arguments: try TestVector.all().filter { $0.expected == .accepted })
    func roundTrip(vector: TestVector) throws {
        let bundle = try Bundle(json: vector.bundle)
        let written = try Bundle(json: bundle.json())

        #expect(written == bundle)
        #expect(written.json() == bundle.json())
    }
}

struct TestVector: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable {
        case accepted
        case rejected(step: String, className: String)
    }

    let name: String
    let artifactName: String
    let trustedRootName: String
    let identity: String
    let issuer: String
    let keyName: String
    let predicateType: String
    let expected: Outcome
    let check: String

    var testDescription: String { name }

    /// Those whose signature is over another digest than SHA-256.
    var needsFile: Bool { check.contains("it takes the file to verify") }

    static func all() throws -> [TestVector] {
        let lines = String(decoding: try read("expected.tsv"), as: UTF8.self)
            .split(separator: "\n").dropFirst()
        return lines.map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            return TestVector(
                name: cells[0], artifactName: cells[1], trustedRootName: cells[2],
                identity: cells[3], issuer: cells[4], keyName: cells[5], predicateType: cells[6],
                expected: cells[7] == "accepted"
                    ? .accepted : .rejected(step: cells[8], className: cells[9]),
                check: cells[10])
        }
    }

    static func read(_ name: String) throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return [UInt8](try Data(contentsOf: URL(filePath: "/\(tests)/TestVectors/\(name)")))
    }

    var bundle: [UInt8] { get throws { try Self.read(name) } }

    var artifact: Artifact {
        get throws {
            let file = try Self.read(artifactName)
            return Artifact(digests: HashAlgorithm.allCases.map { Digest(of: file, using: $0) })
        }
    }

    func outcome(_ artifact: Artifact) throws -> Outcome {
        let root: TrustedRoot
        do {
            root = try TrustedRoot(json: Self.read(trustedRootName))
        } catch is TrustError {
            return .rejected(step: "trust", className: "trust-invalid")
        }
        do {
            _ = try verify(artifact, root)
            return .accepted
        } catch let failure as VerificationFailure {
            return .rejected(step: "\(failure.step)", className: failure.className)
        }
    }

    @discardableResult
    func verify() throws -> Verification {
        try verify(artifact, TrustedRoot(json: Self.read(trustedRootName)))
    }

    private func verify(_ artifact: Artifact, _ root: TrustedRoot) throws -> Verification {
        var policy = VerificationPolicy(signer: try signer)
        policy.predicateType = predicateType.isEmpty ? nil : predicateType
        return try Verifier(trustedRoot: root).verify(
            json: try bundle, artifact: artifact, policy: policy)
    }

    private var signer: VerificationPolicy.Signer {
        get throws {
            guard keyName.isEmpty else {
                let pem = String(decoding: try Self.read(keyName), as: UTF8.self)
                return .key(try PublicKey(pem: pem))
            }
            return .identity(.exactly(identity), issuer: .exactly(issuer))
        }
    }
}
