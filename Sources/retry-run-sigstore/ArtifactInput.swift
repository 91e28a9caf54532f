import Console
import SigningCrypto

/// What is to be verified, as the command line names it.
enum ArtifactInput {
    case file(String)
    case digest(Digest)

    /// - Parameter word: A path, `-` for stdin, or `sha256:HEX` (also `sha384:`, `sha512:`) where no
    ///   file of that name exists.
    init(_ word: String) throws {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let algorithm = HashAlgorithm(rawValue: parts[0]),
            !InputFile.exists(word)
        else {
            self = .file(word)
            return
        }
        guard let bytes = [UInt8](hex: parts[1]),
            let digest = Digest(algorithm: algorithm, bytes: bytes)
        else {
            throw UsageError(
                "\(quoted(word)) is no digest: \(parts[0]) takes \(algorithm.byteCount * 2) hex digits"
            )
        }
        self = .digest(digest)
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
