import FoundationEssentials
import Glibc
import POSIX

/// A folder, used by any number of processes at a time.
///
/// Every file is replaced as a whole. What the file system does not take, because it is read-only
/// or full, this process remembers for itself.
package final class DirectoryStore: MetadataStore {
    private let path: String
    private let patience: Duration
    /// What could not be written; nil for what could not be removed.
    private var unwritten: [String: [UInt8]?] = [:]

    /// - Parameters:
    ///   - path: The folder; it is made when something is written.
    ///   - patience: How long to wait for the lock. Others hold it for a few file operations, so
    ///     who holds it longer is suspended; then work goes on without.
    package init(_ path: String, patience: Duration = .seconds(5)) {
        self.path = path
        self.patience = patience
    }

    package func read(_ name: String, limit: Int) -> [UInt8]? {
        if let content = unwritten[name] {
            return content.flatMap { $0.count <= limit ? $0 : nil }
        }
        let file = open(place(of: name), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
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
        do {
            try OutputFile(place(of: name)).write(content)
            unwritten[name] = nil
        } catch {
            unwritten.updateValue(content, forKey: name)
        }
    }

    package func remove(_ name: String) {
        unwritten[name] = nil
        if unlink(place(of: name)) != 0, errno != ENOENT {
            unwritten.updateValue(nil, forKey: name)
        }
    }

    /// The kernel lets go of the lock however its holder ends.
    package func locked(_ body: () -> Void) {
        makeFolder()
        let file = open(place(of: "lock"), O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
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

    private func makeFolder() {
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    private func place(of name: String) -> String { "\(path)/\(name)" }
}
