import Console
import SigningCrypto

/// What is to be verified, as the command line names it.
enum ArtifactInput {
    case file(String)
    case digest(Digest)

    /// - Parameter word: A path, `-` for stdin, or a digest, which never opens a file.
    /// - Throws: `UsageError` for a digest that is none, or that is a file's name as well.
    init(_ word: String) throws {
        guard Self.isDigest(word) else {
            self = .file(word)
            return
        }
        if InputFile.exists(word) {
            throw UsageError(
                "'\(word)' is a digest, and there is a file of that name; write './\(word)' for the "
                    + "file, 'verify --digest \(word)' for the digest")
        }
        try self.init(digest: word)
    }

    /// - Parameter word: `sha256:HEX`, also `sha384:` and `sha512:`.
    init(digest word: String) throws {
        let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2, let algorithm = HashAlgorithm(rawValue: parts[0]) else {
            throw UsageError(
                "'\(word)' is not a digest: expected sha256:HEX, sha384:HEX or sha512:HEX")
        }
        guard let bytes = [UInt8](hex: parts[1]),
            let digest = Digest(algorithm: algorithm, bytes: bytes)
        else {
            throw UsageError(
                "\(quoted(word)) is not a digest: \(parts[0]) takes \(algorithm.byteCount * 2) hex digits; "
                    + "write ./ before it for a file of that name")
        }
        self = .digest(digest)
    }

    private static func isDigest(_ word: String) -> Bool {
        HashAlgorithm.allCases.contains { word.hasPrefix("\($0.rawValue):") }
    }

    /// - Throws: `UsageError` for a digest among the files to sign: nobody signs those.
    static func refuseDigests(_ words: [String]) throws {
        guard let word = words.first(where: isDigest) else { return }
        throw UsageError(
            "'\(word)' is a digest, and it takes the file itself to sign; write './\(word)' for a file "
                + "of that name")
    }

    /// The file's path, `-` for stdin; nil for a digest.
    var path: String? {
        if case .file(let path) = self { path } else { nil }
    }

    /// The bundle that belongs to a file by its name.
    func defaultBundle() throws -> String {
        guard case .file(let path) = self, path != "-" else {
            throw UsageError("say which bundle to verify: --bundle FILE")
        }
        try InputFile.refusePattern(path)
        let candidates = ["\(path).sigstore.json", "\(path).sigstore"]
        guard let found = candidates.first(where: InputFile.exists) else {
            throw UsageError(
                "neither \(quoted(candidates[0])) nor \(quoted(candidates[1])) is there; "
                    + "say which bundle to verify: --bundle FILE")
        }
        return found
    }
}
