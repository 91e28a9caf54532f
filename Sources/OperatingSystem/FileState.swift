import Glibc

/// What of a file shows that it was written, or that another one has its name now.
package struct FileState: Equatable {
    private let device: UInt
    private let inode: UInt
    private let size: Int
    /// Seconds and nanoseconds.
    private let modified: [Int]
    private let changed: [Int]

    /// Nil for what is no regular file: there is no telling of a pipe.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path.fileNameCharacters, &status) == 0, status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = status.st_size
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
}
