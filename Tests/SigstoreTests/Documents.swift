import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Sigstore

/// A document to begin with, and edits that each break or stretch one rule.
enum Documents {
    /// A v0.3 bundle over a blob, with a certificate and an entry of Rekor v1.
    static func bundle(_ name: String = "v0.3-blob-rekor-v1") throws -> JSONValue {
        try JSONValue(parsing: TestVector.read("accepted/\(name).sigstore.json"))
    }

    static func trustedRoot() throws -> JSONValue {
        try JSONValue(parsing: TestVector.read("trusted-root.json"))
    }

    static func signingConfig(_ trust: BuiltInTrust = .publicGood) throws -> JSONValue {
        try JSONValue(parsing: trust.signingConfig)
    }
}
