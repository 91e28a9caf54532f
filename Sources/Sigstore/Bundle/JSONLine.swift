/// A line of JSON Lines: a document by itself.
struct JSONLine {
    /// From 1, blank lines counted.
    let number: Int
    let text: [UInt8]

    /// The lines that are not blank, one more than `limit` at most; nil for a text that is not of
    /// objects a line each.
    static func all(in text: [UInt8], limit: Int) -> [JSONLine]? {
        var lines: [JSONLine] = []
        var rest = text[...]
        var number = 0
        while !rest.isEmpty, lines.count <= limit {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest.dropFirst(line.count + 1)
            number += 1
            let used = line.drop(while: isBlank)
            guard let last = used.lastIndex(where: { !isBlank($0) }) else { continue }
            lines.append(JSONLine(number: number, text: Array(used[...last])))
        }
        guard lines.count > 1, let first = lines.first, first.text.first == UInt8(ascii: "{"),
            first.text.last == UInt8(ascii: "}") || lines.allSatisfy(\.beginsObject)
        else { return nil }
        return lines
    }

    private var beginsObject: Bool { text.first == UInt8(ascii: "{") }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }
}
