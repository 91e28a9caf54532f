/// The last 1 MiB of a stream, for patterns to look at.
package final class OutputTail {
    private static let limit = 1 << 20

    private var bytes: [UInt8] = []
    /// The beginning of the first line of `bytes` is lost.
    private var isCut = false

    package init() {}

    func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more)
        // Trimmed at twice the limit, so that each byte is moved once at most.
        if bytes.count > 2 * Self.limit {
            bytes.removeFirst(bytes.count - Self.limit)
            isCut = true
        }
    }

    /// True when a line of the tail matches. A line whose beginning was lost does not count,
    /// unless it is the only one.
    package func contains(_ pattern: OutputPattern) -> Bool {
        var tail = bytes.suffix(Self.limit)
        if isCut || tail.count < bytes.count,
            let newline = tail.dropLast().firstIndex(of: UInt8(ascii: "\n"))
        {
            tail = tail[(newline + 1)...]
        }
        return tail.withUnsafeBytes { pattern.matches($0) }
    }
}
