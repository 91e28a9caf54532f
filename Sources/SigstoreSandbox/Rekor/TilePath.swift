/// Which tile a path names: `<level>/<number>[.p/<width>]` (C2SP tlog-tiles).
struct TilePath: Equatable {
    /// Nil for `entries`, the tiles of the entries themselves.
    let level: Int?
    let number: Int
    /// 1 to 256; below that the tile is a partial one.
    let width: Int

    /// Nil for what is not a path of a tile, such as one with a number not in groups of three digits.
    init?(_ path: Substring) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let first = parts.removeFirst()
        if first == "entries" {
            level = nil
        } else {
            guard let level = Int(first), 0...63 ~= level, String(level) == first else {
                return nil
            }
            self.level = level
        }
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let width = Int(parts.removeLast()), 1...255 ~= width else { return nil }
            self.width = width
            parts[parts.count - 1].removeLast(2)
        } else {
            width = 256
        }
        guard let number = Self.number(parts) else { return nil }
        self.number = number
    }

    /// `x001/x234/067` is 1234067.
    private static func number(_ groups: [Substring]) -> Int? {
        guard 1...6 ~= groups.count else { return nil }
        var number = 0
        for (place, group) in groups.enumerated() {
            let isLast = place == groups.count - 1
            let digits = isLast ? group : group.dropFirst()
            guard isLast || group.first == "x", digits.utf8.count == 3,
                digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
                let value = Int(digits)
            else { return nil }
            number = number * 1000 + value
        }
        return number
    }
}
