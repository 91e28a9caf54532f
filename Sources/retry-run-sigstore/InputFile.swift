import Console
import Glibc
import OperatingSystem

/// A file that is read from its start to its end once, or stdin.
struct InputFile: ~Copyable {
    let name: String
    private let descriptor: Int32
    /// Whether reading it may take for ever, as from a FIFO or a terminal.
    private let mayWait: Bool

    /// - Parameters:
    ///   - path: `-` is stdin.
    ///   - label: For messages, where the path may be a secret that was put in its place.
    /// - Throws: `UsageError` when there is nothing to read there.
    init(_ path: String, as label: String? = nil) throws {
        name = label ?? (path == "-" ? "stdin" : quoted(path))
        // Nobody has to write to a FIFO yet.
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        descriptor = path == "-" ? 0 : open(path.fileNameCharacters, flags)
        let number = errno
        var status = stat()
        mayWait = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
        if path == "-", StandardDescriptors.wasClosed(0) {
            throw UsageError("cannot read stdin: it is closed")
        }
        guard descriptor >= 0 else { throw Self.unreadable(name, number) }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor > 0 { close(descriptor) }
    }

    /// Whether there is something at `path` at all.
    static func exists(_ path: String) -> Bool {
        access(path.fileNameCharacters, F_OK) == 0
    }

    /// - Throws: `UsageError` for a pattern that a shell has left as it is, as nothing matches it.
    static func refusePattern(_ path: String) throws {
        if isPattern(path), !exists(path) { throw UsageError("no file matches \(quoted(path))") }
    }

    private static func isPattern(_ path: String) -> Bool { path.contains(where: "*?[".contains) }

    /// Whether there will be something to read; nothing is read yet.
    /// - Throws: As when it is opened.
    static func check(_ path: String, as label: String? = nil) throws {
        var status = stat()
        // To open a FIFO and to close it would send its writer away.
        if stat(path.fileNameCharacters, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
            if access(path.fileNameCharacters, R_OK) != 0 {
                throw unreadable(label ?? quoted(path), errno)
            }
            return
        }
        _ = try InputFile(path, as: label)
    }

    /// Hands the content over in pieces of at most 256 KiB.
    /// - Throws: `Stopped` as well.
    borrowing func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
            while true {
                try Cancellation.check()
                if mayWait { try waitForContent() }
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count == 0 { return }
                if count < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    throw Self.unreadable(name, errno)
                }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    private borrowing func waitForContent() throws {
        while true {
            let end = ContinuousClock.now.advanced(by: .milliseconds(200))
            switch firstReady(of: [Cancellation.descriptor, descriptor], until: end) {
            case 1 where isInForeground(descriptor): return
            // The terminal is another job's.
            case 1: _ = firstReady(of: [Cancellation.descriptor], until: end)
            default: break
            }
            try Cancellation.check()
        }
    }

    /// The whole content.
    /// - Throws: `UsageError` when it is longer than `limit` bytes.
    borrowing func content(limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        try forEachChunk { chunk in
            guard content.count + chunk.count <= limit else {
                throw UsageError("\(name) is longer than \(limit >> 10) KiB")
            }
            content.append(contentsOf: chunk)
        }
        return content
    }

    private static func unreadable(_ name: String, _ number: Int32) -> UsageError {
        if number == ENOENT, isPattern(name) { return UsageError("no file matches \(name)") }
        return UsageError("cannot read \(name): \(errorText(number))")
    }
}
