import JSON
import SigningCrypto

/// What the registry has, in memory.
struct RegistryStore {
    private(set) var repositories: [String: Repository] = [:]
    private(set) var blobs: [String: [UInt8]] = [:]
    private var uploads: [String: Upload] = [:]
    /// How many reads after a push see what was there before it.
    private let lag: Int

    struct Repository {
        /// By digest.
        var manifests: [String: RegistryManifest] = [:]
        /// The digests in the order of their pushes.
        var order: [String] = []
        /// The digests by tag.
        var tags: [String: String] = [:]
        var blobs: Set<String> = []
        /// What is not seen yet, and for how many reads.
        var unseen: [Place: Unseen] = [:]
    }

    /// Where a push is seen, each at its own time.
    enum Place: Hashable {
        case digest(String)
        case tag(String)
        case referrer(String)
    }

    struct Unseen {
        var reads: Int
        /// What is seen in the meantime.
        let before: String?
    }

    private struct Upload {
        let repository: String
        let state: String
        var bytes: [UInt8] = []
    }

    init(lag: Int) {
        self.lag = lag
    }

    // MARK: Blobs

    func blob(_ digest: String, in repository: String) -> [UInt8]? {
        repositories[repository]?.blobs.contains(digest) == true ? blobs[digest] : nil
    }

    /// Keeps a blob, whose digest has to be that one.
    mutating func store(_ bytes: [UInt8], as digest: String, in repository: String) throws {
        guard RegistryTarget.isDigest(digest), "sha256:" + Digest(of: bytes).hex == digest else {
            throw Refusal(400, .digestInvalid, "the bytes have not the digest '\(digest)'")
        }
        blobs[digest] = bytes
        repositories[repository, default: Repository()].blobs.insert(digest)
    }

    /// Makes a blob of another repository one of this too; false when that has none such.
    mutating func mount(_ digest: String, from source: String, in repository: String) -> Bool {
        guard blob(digest, in: source) != nil else { return false }
        repositories[repository, default: Repository()].blobs.insert(digest)
        return true
    }

    mutating func deleteBlob(_ digest: String, in repository: String) -> Bool {
        repositories[repository]?.blobs.remove(digest) != nil
    }

    // MARK: Uploads

    /// Begins an upload. Its address has a query that has to be kept, as docker-registry's has.
    mutating func beginUpload(in repository: String) throws -> (id: String, state: String) {
        let (id, state) = (try randomBytes(16).hex, try randomBytes(16).hex)
        uploads[id] = Upload(repository: repository, state: state)
        return (id, state)
    }

    /// Adds a chunk that begins at `start`, or where the one before ended. Returns the size so far.
    mutating func append(
        _ chunk: [UInt8], at start: Int?, to id: String, in repository: String, state: String?
    ) throws -> Int {
        guard let upload = uploads[id], upload.repository == repository, upload.state == state
        else {
            throw Refusal(404, .uploadUnknown, "no upload '\(id)'")
        }
        guard start ?? upload.bytes.count == upload.bytes.count else {
            throw Refusal(416, .uploadInvalid, "the next chunk begins at \(upload.bytes.count)")
        }
        uploads[id]?.bytes += chunk
        return upload.bytes.count + chunk.count
    }

    /// Ends an upload, and returns what it has brought.
    mutating func endUpload(_ id: String) -> [UInt8] {
        uploads.removeValue(forKey: id)?.bytes ?? []
    }

    // MARK: Manifests

    /// The manifest as a reader sees it now; a read that comes too early counts.
    mutating func read(_ reference: String, in repository: String) -> RegistryManifest? {
        guard RegistryTarget.isDigest(reference) else {
            return see(.tag(reference), in: repository, repositories[repository]?.tags[reference])
        }
        return see(.digest(reference), in: repository, reference)
    }

    private mutating func see(
        _ place: Place, in repository: String, _ digest: String?
    ) -> RegistryManifest? {
        guard let digest else { return nil }
        guard let unseen = repositories[repository]?.unseen[place] else {
            return repositories[repository]?.manifests[digest]
        }
        let left = unseen.reads - 1
        repositories[repository]?.unseen[place] =
            left > 0 ? Unseen(reads: left, before: unseen.before) : nil
        return unseen.before.flatMap { repositories[repository]?.manifests[$0] }
    }

    /// The digest behind a reference at this moment, whoever can see it yet.
    func digest(of reference: String, in repository: String) -> String? {
        guard let repository = repositories[repository] else { return nil }
        guard RegistryTarget.isDigest(reference) else { return repository.tags[reference] }
        return repository.manifests[reference]?.digest
    }

    mutating func store(
        _ manifest: RegistryManifest, as reference: String, in name: String
    ) throws {
        var repository = repositories[name] ?? Repository()
        let missing =
            manifest.blobs.filter { !repository.blobs.contains($0) }
            + manifest.manifests.filter { repository.manifests[$0] == nil }
        if let digest = missing.first {
            throw Refusal(400, .manifestBlobUnknown, "'\(digest)' is not in this repository")
        }
        let isNew = repository.manifests.updateValue(manifest, forKey: manifest.digest) == nil
        if isNew {
            repository.order.append(manifest.digest)
            repository.hide(.digest(manifest.digest), before: nil, reads: lag)
            if manifest.subject != nil {
                repository.hide(.referrer(manifest.digest), before: nil, reads: lag)
            }
        }
        if !RegistryTarget.isDigest(reference) {
            let before = repository.tags.updateValue(manifest.digest, forKey: reference)
            if before != manifest.digest {
                repository.hide(.tag(reference), before: before, reads: lag)
            }
        }
        repositories[name] = repository
    }

    /// Deletes a manifest with its tags, or a tag alone; false when there is none such.
    mutating func delete(_ reference: String, in repository: String) -> Bool {
        guard RegistryTarget.isDigest(reference) else {
            return repositories[repository]?.tags.removeValue(forKey: reference) != nil
        }
        guard var kept = repositories[repository],
            kept.manifests.removeValue(forKey: reference) != nil
        else { return false }
        kept.order.removeAll { $0 == reference }
        kept.tags = kept.tags.filter { $0.value != reference }
        repositories[repository] = kept
        return true
    }

    /// What says something about that digest, in the order of the pushes.
    mutating func referrers(of digest: String, in repository: String) -> [RegistryManifest] {
        (repositories[repository]?.order ?? []).compactMap { candidate in
            guard repositories[repository]?.manifests[candidate]?.subject == digest else {
                return nil
            }
            return see(.referrer(candidate), in: repository, candidate)
        }
    }
}

extension RegistryStore.Repository {
    fileprivate mutating func hide(_ place: RegistryStore.Place, before: String?, reads: Int) {
        if reads > 0 { unseen[place] = RegistryStore.Unseen(reads: reads, before: before) }
    }
}

extension RegistryStore {
    /// `{"REPOSITORY": {"tags": {…}, "manifests": [{…}], "blobs": {"sha256:…": SIZE}}}`
    var inventory: JSONValue {
        .object(
            repositories.mapValues { repository in
                [
                    "tags": .object(repository.tags.mapValues(JSONValue.string)),
                    "manifests": .array(
                        repository.order.compactMap { digest in
                            repository.manifests[digest].map { manifest in
                                var members = ["descriptor": manifest.descriptor]
                                members["subject"] = manifest.subject.map(JSONValue.string)
                                return .object(members)
                            }
                        }),
                    "blobs": .object(
                        Dictionary(
                            uniqueKeysWithValues: repository.blobs.map {
                                ($0, .integer(Int64(blobs[$0]?.count ?? 0)))
                            })),
                ]
            })
    }
}
