import Glibc

// For `scripts/compare-json`: reads documents from stdin, each after its length as four bytes, and
// answers each on stdout with the length and the text of what it has read; length 0 is a no.

func input(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
        var piece = [UInt8](repeating: 0, count: count - bytes.count)
        let found = read(0, &piece, piece.count)
        guard found > 0 else { return nil }
        bytes += piece.prefix(found)
    }
    return bytes
}

while let head = input(4) {
    let count = head.reduce(0) { $0 << 8 | Int($1) }
    guard let document = input(count) else { break }
    let text = (try? JSONValue(parsing: document))?.text() ?? []
    let answer = (0..<4).reversed().map { UInt8(text.count >> ($0 * 8) & 0xFF) } + text
    var written = 0
    while written < answer.count {
        let count = answer[written...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
        guard count > 0 else { exit(1) }
        written += count
    }
}
