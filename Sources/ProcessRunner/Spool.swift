import CLinux
import Glibc
import OperatingSystem

/// Bytes kept for later: in memory up to 1 MiB, beyond that in an unlinked temporary file.
package final class Spool {
    private static let memoryLimit = 1 << 20

    private let folder: String
    private var memory: [UInt8] = []
    private var file: Int32 = -1
    package private(set) var count = 0
    /// True once it takes room on a disk.
    var isInFile: Bool { file >= 0 }

    /// - Parameter bytes: What it holds to begin with.
    package init(
        _ bytes: [UInt8] = [], folder: String = environmentVariable("TMPDIR") ?? "/tmp"
    ) {
        self.folder = folder
        memory = bytes
        count = bytes.count
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// - Throws: `.spool` where there is no room; what was kept before is still there.
    func append(_ bytes: UnsafeRawBufferPointer) throws(ProcessError) {
        if file < 0, count + bytes.count <= Self.memoryLimit {
            memory.append(contentsOf: bytes)
        } else {
            if file < 0 { try moveToFile() }
            if !writeAll(file, bytes) { throw .spool(errorNumber: errno) }
        }
        count += bytes.count
    }

    /// Copies bytes from `offset` on into `buffer`; the number copied, 0 at the end.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let length = min(buffer.count, count - offset)
        if length <= 0 { return 0 }
        if file >= 0 { return max(0, pread(file, buffer.baseAddress, length, offset)) }
        memory.withUnsafeBytes {
            buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + length]))
        }
        return length
    }

    private func moveToFile() throws(ProcessError) {
        var template = Array("\(folder)/retry-run-XXXXXX".utf8CString)
        let new = mkstemp(&template)
        if new < 0 { throw .spool(errorNumber: errno) }
        _ = fcntl(new, F_SETFD, FD_CLOEXEC)
        unlink(template)
        guard memory.withUnsafeBytes({ writeAll(new, $0) }) else {
            let number = errno
            close(new)
            throw .spool(errorNumber: number)
        }
        file = new
        memory = []
    }
}

/// A file in memory, without a name, that holds those bytes and is read from their start; nil where
/// there is no room.
package func temporaryFile(holding bytes: [UInt8]) -> Int32? {
    let file = memory_file()
    if file < 0 { return nil }
    guard bytes.withUnsafeBytes({ writeAll(file, $0) }), lseek(file, 0, SEEK_SET) == 0 else {
        close(file)
        return nil
    }
    return file
}
