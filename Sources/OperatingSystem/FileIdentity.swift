import Glibc

/// Which file it is, whatever its name: links of both kinds, mounts and other spellings are seen through.
package struct FileIdentity: Hashable {
    private let device: UInt
    private let inode: UInt
    /// The name in the folder of that device and inode, of a file that is not there yet.
    private let name: [UInt8]?
    /// Whether it is a file that has a content, and would lose it.
    package let isRegular: Bool
    /// What is written there is gone for everybody.
    private let isNull: Bool

    /// Nil where there is neither a file nor a folder to make one in.
    package init?(_ path: String) {
        var status = stat()
        if stat(path.fileNameCharacters, &status) == 0 {
            self.init(status)
            return
        }
        guard errno == ENOENT, let entry = try? OutputPlace.entry(of: path) else { return nil }
        guard fstat(entry.folder.descriptor, &status) == 0 else { return nil }
        self.init(status, name: entry.nameBytes)
    }

    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat, name: [UInt8]? = nil) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        self.name = name
        isRegular = name == nil && status.st_mode & S_IFMT == S_IFREG
        isNull = status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0x103
    }

    /// Whether two outputs would get into each other there.
    package func clashes(with other: FileIdentity) -> Bool {
        self == other && !isNull
    }
}
