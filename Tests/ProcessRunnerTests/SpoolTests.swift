import Glibc
import Testing

@testable import ProcessRunner

@Suite("Kept bytes")
struct SpoolTests {
    private func fill(_ spool: Spool, _ count: Int) throws -> [UInt8] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        for start in stride(from: 0, to: count, by: 70_000) {
            try bytes[start..<min(start + 70_000, count)].withUnsafeBytes { try spool.append($0) }
        }
        return bytes
    }

    private func contents(_ spool: Spool, from start: Int = 0) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 50_000)
        while true {
            let length = buffer.withUnsafeMutableBytes {
                spool.read(at: start + result.count, into: $0)
            }
            if length == 0 { return result }
            result += buffer[..<length]
        }
    }

    @Test(
        "everything comes back, from memory and beyond 1 MiB from a file",
        arguments: [0, 1, 1 << 20, (1 << 20) + 1, 5_000_000])
    func roundTrip(count: Int) throws {
        let spool = Spool()
        let bytes = try fill(spool, count)

        #expect(spool.count == count)
        #expect(contents(spool) == bytes)
        #expect(contents(spool, from: count / 2) == Array(bytes[(count / 2)...]))
    }

    @Test("it is copied to a descriptor as it is")
    func copy() throws {
        let spool = Spool()
        let bytes = try fill(spool, 3_000_000)
        let file = memoryFile()
        defer { close(file) }

        spool.copy(to: file)

        var copied = [UInt8](repeating: 0, count: bytes.count)
        #expect(pread(file, &copied, copied.count, 0) == bytes.count)
        #expect(copied == bytes)
    }

    @Test("a copy to a full disk ends without an error")
    func full() throws {
        let spool = Spool()
        _ = try fill(spool, 100_000)
        let file = open("/dev/full", O_WRONLY)
        defer { close(file) }

        spool.copy(to: file)

        #expect(spool.count == 100_000)
    }

    private func memoryFile() -> Int32 {
        var template = Array("/tmp/spool-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        unlink(template)
        return file
    }
}
