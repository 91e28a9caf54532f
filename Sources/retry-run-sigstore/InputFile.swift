import Console
import Glibc
import POSIX

/// A file that is read from its start to its end once, or stdin.
struct InputFile: ~Copyable {
    let name: String
    private let descriptor: Int32

    /// - Parameters:
    ///   - path: `-` is stdin.
    ///   - label: For messages, where the path may be a secret that was put in its place.
    /// - Throws: `UsageError` when there is nothing to read there.
    init(_ path: String, as label: String? = nil) throws {
        name = label ?? (path == "-" ? "stdin" : quoted(path))
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(name, errno) }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor > 0 { close(descriptor) }
    }

    /// Whether there is something at `path` at all.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Hands the content over in pieces of at most 256 KiB.
    borrowing func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count == 0 { return }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw Self.unreadable(name, errno)
                }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
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
        UsageError("cannot read \(name): \(errorText(number))")
    }
}
