import Synchronization

/// Blobs: what is uploaded in one or several pieces, and read in whole or in part.
extension SandboxRegistry {
    func blob(
        _ digest: String, in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        guard var bytes = store.withLock({ $0.blob(digest, in: repository) }) else {
            throw Refusal(404, .blobUnknown, "no blob '\(digest)'")
        }
        if request.method == "DELETE" {
            _ = store.withLock { $0.deleteBlob(digest, in: repository) }
            return SandboxAnswer(202, text: "")
        }
        if fault == .wrong, !bytes.isEmpty { bytes[bytes.count - 1] ^= 1 }
        if options.redirectsBlobs, request.method == "GET" {
            return SandboxAnswer(307, text: "").adding("Location", try storage.address(of: bytes))
        }
        return try RegistryRange.answer(bytes, request)
            .adding("Docker-Content-Digest", digest)
    }

    func beginUpload(
        in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        if let digest = request.query["mount"], let source = request.query["from"],
            store.withLock({ $0.mount(digest, from: source, in: repository) })
        {
            return stored(digest, in: repository)
        }
        if let digest = request.query["digest"] {
            try store.withLock { try $0.store(request.body, as: digest, in: repository) }
            return stored(digest, in: repository)
        }
        let (id, state) = try store.withLock { try $0.beginUpload(in: repository) }
        return uploading(id, state: state, in: repository, size: 0)
    }

    func continueUpload(
        _ id: String, in repository: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxAnswer {
        let start = request.headers["content-range"]?
            .split(separator: "-").first.flatMap { Int($0) }
        let state = request.query["_state"]
        return try store.withLock { store in
            let size = try store.append(
                request.body, at: start, to: id, in: repository, state: state)
            guard request.method == "PUT" else {
                return uploading(id, state: state ?? "", in: repository, size: size)
            }
            guard let digest = request.query["digest"] else {
                throw Refusal(400, .digestInvalid, "the address has no digest")
            }
            let bytes = store.endUpload(id)
            if fault != .registry(.lost) {
                try store.store(bytes, as: digest, in: repository)
            }
            return stored(digest, in: repository)
        }
    }

    private func uploading(
        _ id: String, state: String, in repository: String, size: Int
    ) -> SandboxAnswer {
        SandboxAnswer(202, text: "")
            .adding("Location", "/v2/\(repository)/blobs/uploads/\(id)?_state=\(state)")
            .adding("Docker-Upload-UUID", id)
            .adding("Range", "0-\(max(0, size - 1))")
    }

    private func stored(_ digest: String, in repository: String) -> SandboxAnswer {
        SandboxAnswer(201, text: "")
            .adding("Location", "/v2/\(repository)/blobs/\(digest)")
            .adding("Docker-Content-Digest", digest)
    }
}
