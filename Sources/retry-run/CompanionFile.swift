import Glibc
import OperatingSystem

/// A file that this process may become: one that nobody but root and its user can have put there.
struct CompanionFile {
    /// Ended by a zero byte; with all links followed, so that what was looked at is what is run.
    let path: [CChar]

    /// - Parameter name: Ended by a zero byte; not always UTF-8.
    /// - Returns: nil where there is no file of that name.
    /// - Throws: `CompanionError` for one that cannot be told to be ours.
    init?(_ name: [CChar]) throws(CompanionError) {
        var status = stat()
        guard lstat(name, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(name, errno)
        }
        if status.st_mode & S_IFMT == S_IFLNK { try Self.checkLink(name, status) }
        path = try Self.resolved(name, as: name)
        guard stat(path, &status) == 0 else { throw .unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile(path) }
        try Self.check(path, status)
        try Self.checkFolders(of: path)
    }

    /// A link has no permissions of its own: its folder has.
    private static func checkLink(_ name: [CChar], _ status: stat) throws(CompanionError) {
        guard isOurs(status) else { throw .foreign(name, owner: status.st_uid) }
        let folder = try resolved(folder(of: name), as: name)
        try checkFolders(of: folder.dropLast() + "/".utf8CString)
    }

    private static func resolved(
        _ path: [CChar], as name: [CChar]
    ) throws(CompanionError) -> [CChar] {
        guard let resolved = realpath(path, nil) else { throw .unreadable(name, errno) }
        defer { free(resolved) }
        return Array(UnsafeBufferPointer(start: resolved, count: strlen(resolved) + 1))
    }

    /// The folder, and that nobody can move it away: in a sticky one only owners move what is theirs.
    private static func checkFolders(of path: [CChar]) throws(CompanionError) {
        var folder = folder(of: path)
        var status = stat()
        guard stat(folder, &status) == 0 else { throw .unreadable(folder, errno) }
        try check(folder, status)
        while folder.count > 2 {
            folder = Self.folder(of: folder)
            guard stat(folder, &status) == 0 else { throw .unreadable(folder, errno) }
            if status.st_mode & S_IWOTH != 0, status.st_mode & S_ISVTX == 0 {
                throw .writable(folder, mode: status.st_mode)
            }
        }
    }

    private static func check(_ path: [CChar], _ status: stat) throws(CompanionError) {
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

    private static func folder(of path: [CChar]) -> [CChar] {
        let end = path.lastIndex(of: CChar(UInt8(ascii: "/"))) ?? 0
        return end == 0 ? Array("/".utf8CString) : path[..<end] + [0]
    }
}

/// Why a file is not run that bears the companion's name.
enum CompanionError: Error, Equatable {
    /// Paths end in a zero byte.
    case unreadable([CChar], Int32)
    case noFile([CChar])
    case foreign([CChar], owner: uid_t)
    case writable([CChar], mode: mode_t)
}

extension CompanionError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let path, let number):
            "cannot look at '\(pathText(path))': \(errorText(number))"
        case .noFile(let path): "'\(pathText(path))' is not a regular file"
        case .foreign(let path, let owner):
            "'\(pathText(path))' belongs to user \(owner), neither to root nor to the user of this process"
        case .writable(let path, let mode):
            "others may write '\(pathText(path))' (mode \(String(mode & 0o7777, radix: 8))); "
                + "'chmod go-w' takes that away"
        }
    }
}

/// A path for a message.
func pathText(_ path: [CChar]) -> String {
    String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
