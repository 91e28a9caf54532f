import OperatingSystem
import SigningCrypto
import Sigstore

/// The files that a signature is about, as they were before they were read: services may be retried for
/// minutes, and what is signed in the end has to be what is there.
struct WatchedFiles {
    private let files: [(path: String, state: FileState)]

    /// - Parameter paths: `-` is stdin, which is read once.
    init(_ paths: [String]) {
        files = paths.filter { $0 != "-" }.compactMap { path in
            FileState(path).map { (path, $0) }
        }
    }

    /// The first that has another content by now.
    ///
    /// - Parameter content: What was read of them. One that was only touched is read again, and is the same.
    func changed(since content: @autoclosure () throws -> SignableContent) rethrows -> String? {
        try files.first { path, state in
            guard FileState(path) != state else { return false }
            guard let artifact = try? ArtifactInput.file(path).read(.allDigests) else {
                return true
            }
            return try !content().isAbout(artifact.all)
        }?.path
    }
}

extension SignableContent {
    fileprivate func isAbout(_ digests: [Digest]) -> Bool {
        switch self {
        case .artifact(let artifact):
            let message = artifact.message.map { Digest(of: $0) }
            return (artifact.all + [message].compactMap { $0 }).contains(where: digests.contains)
        case .statement(_, let statement):
            return statement.subjects.flatMap(\.digests).contains(where: digests.contains)
        }
    }
}
