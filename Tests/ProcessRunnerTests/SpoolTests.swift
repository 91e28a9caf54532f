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

    @Test("without room for more, what was kept before is still there")
    func noRoom() throws {
        let spool = Spool(folder: "/no/such/folder")
        let bytes = try fill(spool, 1 << 20)

        #expect(throws: ProcessError.spool(errorNumber: ENOENT)) {
            try [1, 2, 3].withUnsafeBytes { try spool.append($0) }
        }
        #expect(contents(spool) == bytes)
    }
}
