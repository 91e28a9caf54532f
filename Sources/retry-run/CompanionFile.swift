import Glibc
import POSIX

/// A file that this process may become: one that nobody but root and its user can have put there.
struct CompanionFile {
    /// With all links followed, so that what was looked at is what is run.
    let path: String

    /// - Returns: nil where there is no file of that name.
    /// - Throws: `CompanionError` for one that cannot be told to be ours.
    init?(_ name: String) throws(CompanionError) {
        var status = stat()
        guard lstat(name, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(name, errno)
        }
        if status.st_mode & S_IFMT == S_IFLNK { try Self.checkLink(name, status) }
        guard let resolved = realpath(name, nil) else { throw .unreadable(name, errno) }
        path = String(cString: resolved)
        free(resolved)
        guard stat(path, &status) == 0 else { throw .unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile(path) }
        try Self.check(path, status)
        try Self.checkFolders(of: path)
    }

    /// A link has no permissions of its own: its folder has.
    private static func checkLink(_ name: String, _ status: stat) throws(CompanionError) {
        guard isOurs(status) else { throw .foreign(name, owner: status.st_uid) }
        guard let folder = realpath(folder(of: name), nil) else { throw .unreadable(name, errno) }
        defer { free(folder) }
        try checkFolders(of: String(cString: folder) + "/")
    }

    /// The folder, and that nobody can move it away: in a sticky one only owners move what is theirs.
    private static func checkFolders(of path: String) throws(CompanionError) {
        var folder = folder(of: path)
        var status = stat()
        guard stat(folder, &status) == 0 else { throw .unreadable(folder, errno) }
        try check(folder, status)
        while folder != "/" {
            folder = Self.folder(of: folder)
            guard stat(folder, &status) == 0 else { throw .unreadable(folder, errno) }
            if status.st_mode & S_IWOTH != 0, status.st_mode & S_ISVTX == 0 {
                throw .writable(folder, mode: status.st_mode)
            }
        }
    }

    private static func check(_ path: String, _ status: stat) throws(CompanionError) {
        guard isOurs(status) else { throw .foreign(path, owner: status.st_uid) }
        guard status.st_mode & S_IWOTH == 0,
            status.st_mode & S_IWGRP == 0 || isPrivateGroup(of: status)
        else { throw .writable(path, mode: status.st_mode) }
    }

    private static func isOurs(_ status: stat) -> Bool {
        status.st_uid == 0 || status.st_uid == geteuid()
    }

    /// Where users have a group of their own, it has their number, and they share files by no mask.
    private static func isPrivateGroup(of status: stat) -> Bool {
        status.st_uid != 0 && status.st_gid == status.st_uid
    }

    private static func folder(of path: String) -> String {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}

/// Why a file is not run that bears the companion's name.
enum CompanionError: Error, Equatable {
    case unreadable(String, Int32)
    case noFile(String)
    case foreign(String, owner: uid_t)
    case writable(String, mode: mode_t)
}

extension CompanionError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let path, let number): "cannot look at '\(path)': \(errorText(number))"
        case .noFile(let path): "'\(path)' is no regular file"
        case .foreign(let path, let owner):
            "'\(path)' belongs to user \(owner), neither to root nor to the user of this process"
        case .writable(let path, let mode):
            "others may write '\(path)' (mode \(String(mode & 0o7777, radix: 8))); "
                + "'chmod go-w' takes that away"
        }
    }
}
