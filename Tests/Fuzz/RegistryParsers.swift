import FoundationEssentials
import HTTP
import OCI
import Sigstore

/// Every parser of what registries answer, and of what this machine keeps for them.
let registryParsers: [String: @Sendable ([UInt8]) -> Void] = [
    "oci-manifest": { bytes in
        for type in ["", "application/vnd.oci.image.manifest.v1+json"] {
            guard let manifest = try? Manifest(bytes, contentType: type) else { continue }
            _ = (manifest.bundle, manifest.children)
        }
    },
    "oci-index": { bytes in
        guard let index = try? ReferrersIndex(bytes) else { return }
        let count = index.descriptors.count
        precondition(
            (try? ReferrersIndex(index.text))?.descriptors.count == count,
            "written otherwise than read")
    },
    "oci-reference": { bytes in
        guard let reference = try? ImageReference(String(decoding: bytes, as: UTF8.self)) else {
            return
        }
        precondition(
            (try? ImageReference("\(reference)")) == reference, "written otherwise than read")
    },
    "oci-challenge": { bytes in
        let value = String(decoding: bytes, as: UTF8.self)
        _ = Challenge(
            HTTPResponse(
                status: 401, headers: [HTTPHeader("WWW-Authenticate", value)], body: [],
                receivedAt: Date(timeIntervalSince1970: 0)))
    },
    "oci-error": { bytes in
        let response = HTTPResponse(
            status: 403, headers: [], body: bytes, receivedAt: Date(timeIntervalSince1970: 0))
        guard let repository = try? Repository("registry.example/app") else { return }
        _ = response.registryMessage
        try? RegistryCall.manifest("v1", in: repository).check(response, hasSucceeded: true)
    },
    "credential-file": { bytes in
        guard let file = try? CredentialFile(bytes),
            let repository = try? Repository("registry.example/team/app")
        else { return }
        _ = try? file.findings(for: repository)
    },
    "credential-helper": { _ = try? RegistryCredentials(helperOutput: $0) },
    "pending-file": { _ = try? PendingFile(json: $0) },
]
