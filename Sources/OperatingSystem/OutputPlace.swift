import CLinux
import Glibc

/// A folder that is held open, so that its name may change its meaning.
final class Folder {
    let descriptor: Int32

    init(_ path: [CChar], in other: Folder? = nil) throws(SystemError) {
        // O_PATH: no permission to read the folder is needed.
        let flags = 0o10000000 | O_DIRECTORY | O_CLOEXEC
        descriptor = open_in_folder(other?.descriptor ?? AT_FDCWD, path, flags, 0)
        if descriptor < 0 { throw SystemError(errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Whether others than we and root can put links and files into it.
    var isSharedWithOthers: Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return true }
        return status.st_mode & (S_IWGRP | S_IWOTH) != 0
            || status.st_uid != 0 && status.st_uid != geteuid()
    }

    /// What is there under a name, which is not followed; nil for nothing.
    func status(_ name: [CChar]) throws(SystemError) -> stat? {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
        if errno == ENOENT { return nil }
        throw SystemError(errno)
    }
}

/// An error number, and our words where the system's do not fit.
struct SystemError: Error {
    let number: Int32
    let reason: String?

    init(_ number: Int32, _ reason: String? = nil) {
        self.number = number
        self.reason = reason
    }
}

/// What a path for output leads to.
enum OutputPlace {
    /// A regular file in a folder, or none yet.
    case file(Entry, stat?)
    /// A FIFO or a device, which is opened as it is.
    case stream(Entry, stat)
    /// One of our own descriptors, as `/dev/stdout` is.
    case descriptor(Int32)

    struct Entry {
        let folder: Folder
        let name: [CChar]

        var nameBytes: [UInt8] { name.dropLast().map { UInt8(bitPattern: $0) } }
    }

    /// As many links as the kernel follows.
    private static let linkLimit = 40

    /// Follows links by itself: none that others could have put there, and those of `/proc` to what we
    /// have open.
    static func find(
        _ path: String, followsLinks: Bool = true
    ) throws(SystemError) -> OutputPlace {
        var entry = try entry(of: path.fileNameBytes, in: nil)
        for _ in 0..<linkLimit {
            if let own = ownDescriptor(entry) { return .descriptor(own) }
            guard let status = try entry.folder.status(entry.name) else { return .file(entry, nil) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return .file(entry, status)
            case S_IFIFO, S_IFCHR: return .stream(entry, status)
            case S_IFDIR: throw SystemError(EISDIR)
            case S_IFLNK:
                if !followsLinks { throw SystemError(ELOOP, "is a link") }
                if entry.folder.isSharedWithOthers {
                    throw SystemError(
                        ELOOP, "is a link in a folder that others may write; name the file itself")
                }
                entry = try self.entry(of: target(of: entry), in: entry.folder)
            case S_IFBLK: throw SystemError(EINVAL, "is a block device")
            default: throw SystemError(EINVAL, "is a socket")
            }
        }
        throw SystemError(ELOOP)
    }

    /// The folder and the name in it that the path leads to, where there is nothing yet.
    static func entry(of path: String) throws(SystemError) -> Entry {
        guard case .file(let entry, _) = try find(path) else { throw SystemError(EEXIST) }
        return entry
    }

    private static func entry(of path: [UInt8], in base: Folder?) throws(SystemError) -> Entry {
        guard let last = path.last else { throw SystemError(ENOENT) }
        let slash = UInt8(ascii: "/")
        guard last != slash else { throw SystemError(EISDIR) }
        let end = path.lastIndex(of: slash).map { $0 + 1 } ?? 0
        let folder = end == 0 ? Array(".".utf8) : Array(path[..<end])
        return Entry(
            folder: try Folder(folder.map { CChar(bitPattern: $0) } + [0], in: base),
            name: path[end...].map { CChar(bitPattern: $0) } + [0])
    }

    private static func target(of entry: Entry) throws(SystemError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlinkat(entry.folder.descriptor, entry.name, &buffer, buffer.count)
        if count < 0 { throw SystemError(errno) }
        return buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    /// The number of a link such as `/proc/self/fd/1`.
    private static func ownDescriptor(_ entry: Entry) -> Int32? {
        guard is_proc_folder(entry.folder.descriptor) == 1,
            let number = Int32(String(decoding: entry.nameBytes, as: UTF8.self)), number >= 0
        else { return nil }
        var (there, here) = (stat(), stat())
        guard fstatat(entry.folder.descriptor, entry.name, &there, 0) == 0,
            fstat(number, &here) == 0, there.st_dev == here.st_dev, there.st_ino == here.st_ino
        else { return nil }
        return number
    }
}
