import JSON
import SigningCrypto
import Synchronization

/// Manifests, and the lists of them.
extension SandboxRegistry {
    func manifest(
        _ reference: String, in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard RegistryTarget.isDigest(reference) || RegistryTarget.isTag(reference) else {
            throw Refusal(400, .manifestInvalid, "'\(reference)' is neither a tag nor a digest")
        }
        switch request.method {
        case "PUT":
            return try put(reference, in: repository, request, fault: fault)
        case "DELETE":
            guard store.withLock({ $0.delete(reference, in: repository) }) else {
                throw Refusal(404, .manifestUnknown, "no manifest '\(reference)'")
            }
            return SandboxAnswer(202, text: "")
        default:
            guard let manifest = store.withLock({ $0.read(reference, in: repository) }),
                manifest.isAccepted(by: request.headers["accept"])
            else { throw Refusal(404, .manifestUnknown, "no manifest '\(reference)'") }
            // A blank more is another manifest, and reads the same.
            let bytes = fault == .wrong ? manifest.bytes + [0x20] : manifest.bytes
            return tagged(
                SandboxAnswer(type: manifest.mediaType, body: bytes)
                    .adding("Docker-Content-Digest", manifest.digest),
                manifest.digest)
        }
    }

    private func put(
        _ reference: String, in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        let manifest = try RegistryManifest(
            request.body, contentType: request.headers["content-type"])
        guard !RegistryTarget.isDigest(reference) || reference == manifest.digest else {
            throw Refusal(400, .digestInvalid, "the manifest's digest is '\(manifest.digest)'")
        }
        try store.withLock { store in
            let present = store.digest(of: reference, in: repository)
            guard isAllowed(request, replacing: present) else {
                throw Refusal(
                    412, .denied, "the tag has changed: it is '\(present ?? "not there")'")
            }
            if fault != .registry(.lost) {
                try store.store(manifest, as: reference, in: repository)
            }
        }
        let another = "sha256:" + Digest(of: Array(manifest.digest.utf8)).hex
        var answer = SandboxAnswer(201, text: "")
            .adding("Location", "/v2/\(repository)/manifests/\(manifest.digest)")
            .adding("Docker-Content-Digest", fault == .wrong ? another : manifest.digest)
        if options.keepsReferrers, let subject = manifest.subject {
            answer = answer.adding("OCI-Subject", subject)
        }
        return tagged(answer, manifest.digest)
    }

    /// RFC 9110 §13.1.1, §13.1.2.
    private func isAllowed(_ request: SandboxRequest, replacing present: String?) -> Bool {
        guard options.hasETags else { return true }
        if let header = request.headers["if-match"] {
            guard let present else { return false }
            return matches(header, present)
        }
        if let header = request.headers["if-none-match"], let present {
            return !matches(header, present)
        }
        return true
    }

    private func matches(_ header: String, _ digest: String) -> Bool {
        header == "*"
            || header.split(separator: ",").contains { $0.filter { $0 != " " } == "\"\(digest)\"" }
    }

    private func tagged(_ answer: SandboxAnswer, _ digest: String) -> SandboxAnswer {
        options.hasETags ? answer.adding("ETag", "\"\(digest)\"") : answer
    }

    func referrers(
        of digest: String, in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard RegistryTarget.isDigest(digest) else {
            throw Refusal(400, .manifestInvalid, "'\(digest)' is no digest")
        }
        var found = store.withLock { $0.referrers(of: digest, in: repository) }
        let type = request.query["artifactType"]
        if let type { found = found.filter { $0.hasArtifactType(type) } }
        var answer = page(found.map(\.descriptor), request, fault) {
            [
                "schemaVersion": .integer(2), "mediaType": .string(RegistryManifest.indexType),
                "manifests": $0,
            ]
        }
        answer.headers[0].value = RegistryManifest.indexType
        return type == nil ? answer : answer.adding("OCI-Filters-Applied", "artifactType")
    }

    /// A page of a list, and the address of the next one (RFC 8288).
    ///
    /// `last` is a number here: how many entries came before.
    func page(
        _ entries: [JSONValue], _ request: SandboxRequest, _ fault: Fault?,
        _ document: (JSONValue) -> JSONValue
    ) -> SandboxAnswer {
        let start = request.query["last"].flatMap { Int($0) } ?? 0
        let wanted = request.query["n"].flatMap { Int($0) } ?? options.pageSize
        let size = max(1, min(wanted, options.pageSize))
        let isEndless = fault == .registry(.endless)
        let rest = isEndless ? entries[...] : entries.dropFirst(max(0, start))
        let answer = SandboxAnswer(json: document(.array(Array(rest.prefix(size)))))
        guard rest.count > size || isEndless else { return answer }
        var query = "n=\(size)&last=\(max(0, start) + size)"
        if let type = request.query["artifactType"] { query += "&artifactType=\(type)" }
        return answer.adding("Link", "<\(request.path)?\(query)>; rel=\"next\"")
    }
}
