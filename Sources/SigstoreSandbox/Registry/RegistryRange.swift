/// A part of a blob, as a download that was cut goes on with (RFC 9110 §14).
enum RegistryRange {
    /// All bytes, or those that a `Range` asks for.
    static func answer(_ bytes: [UInt8], _ request: SandboxRequest) throws -> SandboxAnswer {
        let type = "application/octet-stream"
        guard request.method == "GET", let header = request.headers["range"],
            header.hasPrefix("bytes=")
        else {
            return SandboxAnswer(type: type, body: bytes).adding("Accept-Ranges", "bytes")
        }
        let ends = header.dropFirst(6).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let range = range(ends[0], ends[1], of: bytes.count) else {
            let answer = SandboxAnswer(416, text: "")
            throw Refusal(answer.adding("Content-Range", "bytes */\(bytes.count)"))
        }
        return SandboxAnswer(206, type: type, body: Array(bytes[range])).adding(
            "Content-Range",
            "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)")
    }

    private static func range(
        _ first: Substring, _ last: Substring, of count: Int
    ) -> Range<Int>? {
        if first.isEmpty {
            guard let length = Int(last), length > 0, count > 0 else { return nil }
            return max(0, count - length)..<count
        }
        guard let start = Int(first), 0..<count ~= start else { return nil }
        guard !last.isEmpty else { return start..<count }
        guard let end = Int(last), end >= start else { return nil }
        return start..<min(end, count - 1) + 1
    }
}
