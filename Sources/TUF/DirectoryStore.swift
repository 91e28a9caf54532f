import Glibc
import OperatingSystem

/// A folder, used by any number of processes at a time.
///
/// Every file is replaced as a whole, and none is reached through a link. What the file system does
/// not take, because it is read-only or full, this process remembers for itself.
package final class DirectoryStore: MetadataStore {
    private let path: String
    private let ownFolders: Int
    private let patience: Duration
    /// What could not be written; nil for what could not be removed.
    private var unwritten: [String: [UInt8]?] = [:]

    /// - Parameters:
    ///   - path: The folder; it is made when something is written.
    ///   - ownFolders: How many folders at the end of the path are ours, and so no links; those before
    ///     are as the user has them.
    ///   - patience: How long to wait for the lock. Others hold it for a few file operations, so
    ///     who holds it longer is suspended; then work goes on without.
    package init(_ path: String, ownFolders: Int = 1, patience: Duration = .seconds(5)) {
        self.path = path
        self.ownFolders = ownFolders
        self.patience = patience
    }

    package func read(_ name: String, limit: Int) -> [UInt8]? {
        if let content = unwritten[name] {
            return content.flatMap { $0.count <= limit ? $0 : nil }
        }
        guard isFreeOfLinks else { return nil }
        let file = open(place(of: name), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= limit
        else { return nil }
        return content(of: file, count: Int(status.st_size))
    }

    private func content(of file: Int32, count: Int) -> [UInt8]? {
        var content = [UInt8](repeating: 0, count: count)
        var position = 0
        while position < count {
            let step = content.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress.map { $0 + position }, count - position)
            }
            if step > 0 {
                position += step
            } else if step == 0 || errno != EINTR {
                return nil
            }
        }
        return content
    }

    package func write(_ name: String, _ content: [UInt8]) {
        makeFolder()
        guard isFreeOfLinks else {
            unwritten.updateValue(content, forKey: name)
            return
        }
        do {
            try OutputFile(path(of: name), mode: 0o644, followsLinks: false).write(content)
            unwritten[name] = nil
        } catch {
            unwritten.updateValue(content, forKey: name)
        }
    }

    package func remove(_ name: String) {
        unwritten[name] = nil
        if !isFreeOfLinks || unlink(place(of: name)) != 0 && errno != ENOENT {
            unwritten.updateValue(nil, forKey: name)
        }
    }

    /// The kernel lets go of the lock however its holder ends.
    package func locked(_ body: () -> Void) {
        makeFolder()
        let flags = O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file = isFreeOfLinks ? open(place(of: "lock"), flags, 0o600) : -1
        defer { if file >= 0 { close(file) } }
        let start = ContinuousClock.now
        while file >= 0, flock(file, LOCK_EX | LOCK_NB) != 0,
            errno == EWOULDBLOCK || errno == EINTR,
            start.duration(to: .now) < patience
        {
            usleep(5_000)
        }
        body()
    }

    /// Makes the folders that are missing, none of them in what a link leads to.
    private func makeFolder() {
        for (depth, folder) in folders.enumerated().reversed() {
            if depth < ownFolders, !isFreeOfLinks { return }
            guard mkdir(folder.fileNameCharacters, 0o700) == 0 || errno == EEXIST else { return }
        }
    }

    /// Whether our folders are folders, as far as they are there.
    private var isFreeOfLinks: Bool {
        folders.prefix(ownFolders).allSatisfy { folder in
            var status = stat()
            return lstat(folder.fileNameCharacters, &status) != 0
                || status.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// The path, the folder that it is in, and so on.
    private var folders: [String] {
        Array(
            sequence(first: path) { folder in
                guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else {
                    return nil
                }
                return String(folder[..<slash])
            })
    }

    private func path(of name: String) -> String { "\(path)/\(name)" }
    private func place(of name: String) -> [CChar] { path(of: name).fileNameCharacters }
}
