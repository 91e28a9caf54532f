import POSIX
import Glibc

/// Bytes kept for later: in memory up to 1 MiB, beyond that in an unlinked temporary file.
package final class Spool {
    private static let memoryLimit = 1 << 20

    private var memory: [UInt8] = []
    private var file: Int32 = -1
    package private(set) var count = 0

    package init() {}

    deinit {
        if file >= 0 { close(file) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(ProcessError) {
        if file < 0, count + bytes.count <= Self.memoryLimit {
            memory.append(contentsOf: bytes)
        } else {
            if file < 0 { try moveToFile() }
            try write(bytes)
        }
        count += bytes.count
    }

    /// Copies bytes from `offset` on into `buffer`; the number copied, 0 at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if file >= 0 { return max(0, pread(file, buffer.baseAddress, buffer.count, offset)) }
        let length = min(buffer.count, memory.count - offset)
        if length <= 0 { return 0 }
        memory.withUnsafeBytes {
            buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + length]))
        }
        return length
    }

    /// Writes everything to `descriptor`; stops without an error where the reader has gone.
    package func copy(to descriptor: Int32) {
        let size = 1 << 16
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            var offset = 0
            while case let length = read(at: offset, into: buffer), length > 0 {
                guard writeAll(descriptor, UnsafeRawBufferPointer(rebasing: buffer[..<length]))
                else { return }
                offset += length
            }
        }
    }

    private func moveToFile() throws(ProcessError) {
        let folder = environmentVariable("TMPDIR") ?? "/tmp"
        var template = Array("\(folder)/retry-run-XXXXXX".utf8CString)
        file = mkstemp(&template)
        if file < 0 { throw .spool(errorNumber: errno) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unlink(template)
        let kept = memory
        memory = []
        let failure = kept.withUnsafeBytes { writeAll(file, $0) ? 0 : errno }
        if failure != 0 { throw .spool(errorNumber: failure) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(ProcessError) {
        if !writeAll(file, bytes) { throw .spool(errorNumber: errno) }
    }
}
