import CLinux
import Glibc

/// A file that gets all of a content or none of it.
///
/// A regular file is replaced by another one under its name, with the mode and the owner of the old
/// one; what cannot be replaced, because something is mounted on it or its folder takes no new names,
/// is written in place. A FIFO and a device are opened as they are. `/dev/stdout` and its kind are our
/// own descriptors. No link is followed out of a folder that others may write.
package final class OutputFile {
    /// What becomes of a file that is there already.
    package enum Existing {
        case isReplaced
        case isKept
    }

    private let path: String
    private let existing: Existing
    private let mode: mode_t
    private let patience: Patience
    private let followsLinks: Bool
    private let own: Int32?
    private var stream: Int32?
    /// Known once it is proved or written: not as a new file under the old name.
    package private(set) var isInPlace = false

    /// - Parameters:
    ///   - existing: Where it is kept, writing fails with `EEXIST`.
    ///   - mode: Of a new file, less the umask.
    ///   - followsLinks: Whether the name may be a link.
    package init(
        _ path: String, existing: Existing = .isReplaced, mode: UInt32 = 0o666,
        followsLinks: Bool = true, patience: Patience = .forReports
    ) {
        self.path = path
        self.existing = existing
        self.mode = mode
        self.followsLinks = followsLinks
        self.patience = patience
        own = nil
    }

    /// A descriptor that is open already.
    package init(descriptor: Int32, name: String, patience: Patience = .forReports) {
        path = name
        existing = .isReplaced
        mode = 0
        followsLinks = true
        self.patience = patience
        own = descriptor
    }

    deinit {
        if let stream { close(stream) }
    }

    /// Tries whether a content of that many bytes could be written, and leaves what is there as it is.
    ///
    /// A FIFO and a device stay open from here on: whoever reads has begun to.
    package func prove(room: Int = 1 << 16) throws(FileError) {
        if stream != nil { return }
        try named { () throws(SystemError) in
            switch try place {
            case .descriptor(let own): try Self.checkWritable(own)
            case .stream(let entry, let status): stream = try open(entry, status)
            case .file(let entry, let old):
                if old != nil, existing == .isKept { throw SystemError(EEXIST) }
                let file = ReplacedFile(entry, old, mode: mode)
                isInPlace = try file.prove(room: room)
            }
        }
    }

    package func write(_ content: [UInt8]) throws(FileError) {
        try named { () throws(SystemError) in
            if let stream { return try patience.write(content, to: stream) }
            switch try place {
            case .descriptor(let own):
                try Self.checkWritable(own)
                try patience.write(content, to: own)
            case .stream(let entry, let status):
                let file = try open(entry, status)
                defer { close(file) }
                try patience.write(content, to: file)
            case .file(let entry, let old):
                if old != nil, existing == .isKept { throw SystemError(EEXIST) }
                isInPlace = try ReplacedFile(entry, old, mode: mode).write(content)
            }
        }
    }

    private var place: OutputPlace {
        get throws(SystemError) {
            if let own { return .descriptor(own) }
            return try OutputPlace.find(path, followsLinks: followsLinks)
        }
    }

    private func named(_ body: () throws(SystemError) -> Void) throws(FileError) {
        do {
            try body()
        } catch {
            throw FileError(path, error.number, error.reason)
        }
    }

    /// - Throws: `ENXIO` for a FIFO that nobody reads.
    private func open(_ entry: OutputPlace.Entry, _ status: stat) throws(SystemError) -> Int32 {
        let isFIFO = status.st_mode & S_IFMT == S_IFIFO
        if isFIFO, entry.folder.isSharedWithOthers, status.st_uid != geteuid(), status.st_uid != 0 {
            throw SystemError(EACCES, "is somebody else's FIFO in a folder that others may write")
        }
        let end = ContinuousClock.now.advanced(by: patience.reader)
        let flags = O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC
        while true {
            let file = open_in_folder(entry.folder.descriptor, entry.name, flags, 0)
            if file >= 0 {
                do throws(SystemError) {
                    try Self.checkDevice(file)
                    return file
                } catch {
                    close(file)
                    throw error
                }
            }
            guard errno == ENXIO, isFIFO else { throw SystemError(errno) }
            guard ContinuousClock.now < end else {
                throw SystemError(ENXIO, "is a FIFO that nobody reads")
            }
            try patience.wait(for: -1, atMost: .milliseconds(20))
        }
    }

    /// A device that takes nothing says so already.
    private static func checkDevice(_ descriptor: Int32) throws(SystemError) {
        if Glibc.write(descriptor, "", 0) != 0 { throw SystemError(errno) }
    }

    private static func checkWritable(_ descriptor: Int32) throws(SystemError) {
        let flags = fcntl(descriptor, F_GETFL)
        if flags < 0 { throw SystemError(errno) }
        if flags & O_ACCMODE == O_RDONLY { throw SystemError(EBADF, "is open for reading only") }
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&watched, 1, 0)
        // Nobody is at the other end.
        if watched.revents & Int16(POLLERR | POLLHUP) != 0 { throw SystemError(EPIPE) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFCHR {
            try checkDevice(descriptor)
        }
    }
}
