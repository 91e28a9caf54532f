import FoundationEssentials
import JSON
import OpenIDConnect
import Patterns
import SigningCrypto
import Sigstore
import TUF

/// Every parser of bytes that come from elsewhere. Seeds of the same names: `make-seeds`.
let parsers: [String: @Sendable ([UInt8]) -> Void] = [
    "json": { bytes in
        guard let node = try? JSONNode(parsing: bytes), let value = try? node.value else { return }
        precondition((try? JSONValue(parsing: value.text())) != nil, "written as no JSON")
        _ = value.canonicalText
        _ = try? CanonicalJSON.encode(node)
    },
    "proto-json": { bytes in
        guard let node = try? JSONNode(parsingProto: bytes) else { return }
        _ = try? (node.bytes("rawBytes"), node.count("logIndex"), node.text("mediaType"))
        _ = try? node.list("tlogEntries", limit: 32).map {
            try $0.requiredBytes("canonicalizedBody")
        }
    },
    // A pattern, and behind a zero a text.
    "pattern": { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let source = String(decoding: parts[0], as: UTF8.self)
        for subject in [Pattern.Subject.text, .lines] {
            guard let pattern = try? Pattern(source, for: subject) else { continue }
            _ = parts.last?.withUnsafeBytes(pattern.matches)
            _ = try? Pattern(anyOf: [pattern, pattern], for: subject)
        }
    },
    "bundle": { bytes in
        guard let bundle = try? Bundle(json: bytes) else { return }
        precondition((try? Bundle(json: bundle.json())) == bundle, "written otherwise than read")
    },
    "verify": { bytes in
        let policy = VerificationPolicy(signer: .identity(.exactly("a"), issuer: .exactly("b")))
        _ = try? Verifier(trustedRoot: trustedRoot).verify(
            json: bytes, artifact: Artifact(digests: [Digest(of: [])]), policy: policy)
    },
    "trusted-root": { _ = try? TrustedRoot(json: $0) },
    "signing-config": { bytes in
        guard let config = try? SigningConfig(json: bytes) else { return }
        _ = try? config.logs(at: Date(timeIntervalSince1970: 1_800_000_000))
        _ = try? config.timestampAuthorities(at: Date(timeIntervalSince1970: 1_800_000_000))
    },
    "entry-body": { bytes in
        for (name, version) in [("hashedrekord", "0.0.1"), ("hashedrekord", "0.0.2")] {
            _ = try? EntryBody(bytes, kind: LogEntry.Kind(name: name, version: version))
        }
        for (name, version) in [("dsse", "0.0.1"), ("intoto", "0.0.2")] {
            _ = try? EntryBody(bytes, kind: LogEntry.Kind(name: name, version: version))
        }
    },
    "statement": { _ = try? Statement(json: $0) },
    "predicate": { bytes in
        let time = Date(timeIntervalSince1970: 1_800_000_000)
        for type in PredicateType.aliases {
            guard let predicate = try? AttestationPredicate(bytes, type: type, at: time) else {
                continue
            }
            let subject = Statement.Subject(name: "a", digests: [Digest(of: bytes)])
            let statement = predicate.statement(about: [subject])
            precondition(
                (try? Statement(json: statement))?.predicateType == predicate.type,
                "written otherwise than read")
        }
    },
    "identity-token": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? IdentityToken(text, from: "a fuzzer")
    },
    "certificate-answer": { _ = try? IssuedCertificate(json: $0) },
    "rekor-answer": { _ = try? LogEntry(rekorV1: $0) },
    "checkpoint": { bytes in
        guard let checkpoint = try? Checkpoint(String(decoding: bytes, as: UTF8.self)) else {
            return
        }
        for log in trustedRoot.logs { try? checkpoint.verify(log: log) }
    },
    "tuf-metadata": { bytes in
        guard let signed = try? JSONNode(parsing: bytes).required("signed") else { return }
        _ = try? Root(signed: signed)
        _ = try? Timestamp(signed: signed)
        _ = try? Snapshot(signed: signed)
        _ = try? Targets(signed: signed)
    },
    "tuf-update": { bytes in
        var set = trustedMetadata
        try? set.update(root: bytes)
        _ = try? set.update(timestamp: bytes)
    },
    "certificate": { bytes in
        guard let certificate = try? Certificate(der: bytes) else { return }
        _ = try? certificate.signedCertificateTimestamps()
        _ = (certificate.identities, certificate.identityIssuer)
        for authority in trustedRoot.certificateAuthorities {
            _ = try? CertificatePath.find(
                leaf: certificate, intermediates: [certificate],
                anchors: authority.chain.suffix(1), at: certificate.notBefore)
        }
    },
    "certificate-timestamps": { _ = try? SignedCertificateTimestamp.list($0) },
    "timestamp-token": { bytes in
        guard let token = try? TimestampToken(response: bytes) else { return }
        for authority in trustedRoot.timestampAuthorities {
            try? token.verify(signature: bytes, chain: authority.chain)
        }
    },
    "public-key": { _ = try? PublicKey(subjectPublicKeyInfo: $0) },
    "private-key": { bytes in
        // Without a password, so that no key derivation is waited for.
        _ = try? PrivateKey(pem: String(decoding: bytes, as: UTF8.self)) { throw NoPassword() }
        _ = try? EncryptedKeyFile(json: bytes)
    },
    "pem": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? PublicKey(pem: text)
        _ = try? Certificate.certificates(inPEM: text)
    },
]

private struct NoPassword: Error {}

private let trustedRoot: TrustedRoot = {
    guard let bytes = Instance.publicGood.trustedRoot, let root = try? TrustedRoot(json: bytes)
    else { fatalError("the built-in trusted root cannot be read") }
    return root
}()

private let trustedMetadata: TrustedMetadataSet = {
    let set = try? TrustedMetadataSet(
        bootstrapRoot: Instance.publicGood.root,
        startTime: Date(timeIntervalSince1970: 1_800_000_000), expiryRule: .reported)
    guard let set else { fatalError("the built-in root does not verify") }
    return set
}()
