import Glibc

/// A file that holds all of a content or none of it.
package struct OutputFile {
    private let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// Writes to a temporary file beside the path and renames it, so that nobody reads half of it.
    ///
    /// A link is followed to the file that it names; what is no regular file (a device, a pipe) is
    /// written to as it is.
    package func write(_ content: [UInt8]) throws(FileError) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeDirectly(content)
        }
        try replace(target, with: content)
    }

    /// Tries whether there will be room for a file of 64 KiB, and leaves nothing behind.
    package func probe() throws(FileError) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            guard access(path, W_OK) == 0 else { throw FileError(path, errno) }
            guard status.st_mode & S_IFMT != S_IFDIR else { throw FileError(path, EISDIR) }
            return
        }
        let (file, template) = try temporaryFile(beside: target)
        defer {
            close(file)
            unlink(template)
        }
        let number = posix_fallocate(file, 0, 1 << 16)
        // Some file systems cannot say beforehand.
        if number != 0, number != EOPNOTSUPP, number != EINVAL { throw FileError(path, number) }
    }

    /// What the path names, with links followed.
    private var target: String {
        let resolved = realpath(path, nil)
        defer { free(resolved) }
        return resolved.map { String(cString: $0) } ?? path
    }

    private func temporaryFile(
        beside target: String
    ) throws(FileError) -> (file: Int32, name: [CChar]) {
        var name = Array("\(target).XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw FileError(path, errno) }
        return (file, name)
    }

    private func writeDirectly(_ content: [UInt8]) throws(FileError) {
        let file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
        defer { close(file) }
        guard file >= 0, content.withUnsafeBytes({ writeAll(file, $0) }) else {
            throw FileError(path, errno)
        }
    }

    private func replace(_ target: String, with content: [UInt8]) throws(FileError) {
        let (file, template) = try temporaryFile(beside: target)
        let isWritten = content.withUnsafeBytes { writeAll(file, $0) }
        let mask = umask(0)
        umask(mask)
        if !isWritten || fchmod(file, 0o666 & ~mask) < 0 || close(file) < 0
            || rename(template, target) < 0
        {
            let number = errno
            unlink(template)
            throw FileError(path, number)
        }
    }
}
