import CLinux
import Glibc

/// A regular file, or a name that nothing has yet, and how it gets a new content.
struct ReplacedFile {
    private let folder: Folder
    private let name: [CChar]
    /// Nil where there is nothing yet.
    private let old: stat?
    private let mode: mode_t

    init(_ entry: OutputPlace.Entry, _ old: stat?, mode: mode_t) {
        folder = entry.folder
        name = entry.name
        self.old = old
        self.mode = mode
    }

    /// - Returns: Whether it will be written in place.
    func prove(room: Int) throws(SystemError) -> Bool {
        do throws(SystemError) {
            if isFixed { throw SystemError(EBUSY) }
            let (file, temporary) = try makeTemporaryFile()
            defer { discard(temporary, file) }
            let number = posix_fallocate(file, 0, off_t(room))
            // Some file systems cannot say beforehand.
            if number != 0, number != EOPNOTSUPP, number != EINVAL { throw SystemError(number) }
            try takeOver(file)
            return false
        } catch  where old != nil && Self.forbidsReplacing(error.number) {
            let file = try openInPlace()
            defer { close(file) }
            var status = statvfs()
            if fstatvfs(file, &status) == 0, status.f_bavail * status.f_frsize < UInt(room) {
                throw SystemError(ENOSPC)
            }
            return true
        }
    }

    /// - Returns: Whether it was written in place.
    func write(_ content: [UInt8]) throws(SystemError) -> Bool {
        do throws(SystemError) {
            if isFixed { throw SystemError(EBUSY) }
            try replace(content)
            return false
        } catch  where old != nil && Self.forbidsReplacing(error.number) {
            try writeInPlace(content)
            return true
        }
    }

    /// What a folder says that has the file and takes no other in its place.
    private static func forbidsReplacing(_ number: Int32) -> Bool {
        [EBUSY, EACCES, EPERM, EROFS, EXDEV].contains(number)
    }

    /// A name that cannot be given to another file: something is mounted there, or the folder is sticky
    /// and both are somebody else's.
    private var isFixed: Bool {
        guard let old else { return false }
        if is_mount_point(folder.descriptor, name) == 1 { return true }
        var status = stat()
        return fstat(folder.descriptor, &status) == 0 && status.st_mode & S_ISVTX != 0
            && ![old.st_uid, status.st_uid, 0].contains(geteuid())
    }

    // MARK: - By another file

    private func replace(_ content: [UInt8]) throws(SystemError) {
        let (file, temporary) = try makeTemporaryFile()
        do throws(SystemError) {
            try Patience.forFiles.write(content, to: file)
            try takeOver(file)
        } catch {
            discard(temporary, file)
            throw error
        }
        UnfinishedFiles.remove(temporary, in: folder)
        let isClosed = close(file) == 0
        if isClosed, rename(temporary) { return }
        let number = errno
        unlinkat(folder.descriptor, temporary, 0)
        throw SystemError(number)
    }

    /// Where there was nothing, what has come since is not replaced.
    private func rename(_ temporary: [CChar]) -> Bool {
        let folder = folder.descriptor
        if old != nil { return renameat(folder, temporary, folder, name) == 0 }
        if rename_without_replacing(folder, temporary, name) == 0 { return true }
        guard errno == EINVAL || errno == ENOSYS else { return false }
        guard linkat(folder, temporary, folder, name, 0) == 0 else { return false }
        unlinkat(folder, temporary, 0)
        return true
    }

    /// A name of its own length: that of the file may be as long as names can be.
    private func makeTemporaryFile() throws(SystemError) -> (file: Int32, name: [CChar]) {
        let number = String(UInt64.random(in: 0 ... .max), radix: 36)
        let temporary = ".retry-run-\(number)".fileNameCharacters
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let permissions = old.map { $0.st_mode & 0o600 } ?? mode
        UnfinishedFiles.insert(temporary, in: folder)
        let file = open_in_folder(folder.descriptor, temporary, flags, permissions)
        if file >= 0 { return (file, temporary) }
        let error = errno
        UnfinishedFiles.remove(temporary, in: folder)
        throw SystemError(error)
    }

    private func discard(_ temporary: [CChar], _ file: Int32) {
        close(file)
        unlinkat(folder.descriptor, temporary, 0)
        UnfinishedFiles.remove(temporary, in: folder)
    }

    /// Gives the new file the mode of the old one, and its owner.
    /// - Throws: `EPERM` where only the old file can have that owner, and can be written.
    private func takeOver(_ file: Int32) throws(SystemError) {
        guard let old else { return }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw SystemError(errno) }
        if status.st_uid != old.st_uid || status.st_gid != old.st_gid,
            fchown(file, old.st_uid, old.st_gid) != 0,
            faccessat(folder.descriptor, name, W_OK, 0) == 0
        {
            throw SystemError(EPERM)
        }
        guard fchmod(file, old.st_mode & 0o7777) == 0 else { throw SystemError(errno) }
    }

    // MARK: - In place

    private func writeInPlace(_ content: [UInt8]) throws(SystemError) {
        let file = try openInPlace()
        defer { close(file) }
        // A file that did not fit would have lost what it had.
        let number = posix_fallocate(file, 0, off_t(max(content.count, 1)))
        if number != 0, number != EOPNOTSUPP, number != EINVAL { throw SystemError(number) }
        try Patience.forFiles.write(content, to: file)
        guard ftruncate(file, off_t(content.count)) == 0 else { throw SystemError(errno) }
    }

    private func openInPlace() throws(SystemError) -> Int32 {
        guard let old else { throw SystemError(ENOENT) }
        if folder.isSharedWithOthers, old.st_uid != geteuid() || old.st_nlink > 1 {
            throw SystemError(
                EACCES,
                "cannot be replaced, and may be somebody else's in a folder that others may write")
        }
        let flags = O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC
        let file = open_in_folder(folder.descriptor, name, flags, 0)
        if file < 0 { throw SystemError(errno) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_ino == old.st_ino, status.st_dev == old.st_dev
        else {
            close(file)
            throw SystemError(EBUSY, "has become another file")
        }
        return file
    }
}

extension Patience {
    /// A file keeps nobody waiting.
    fileprivate static let forFiles = Patience(
        reader: .zero, progress: .seconds(60), chunk: 1 << 20)
}
