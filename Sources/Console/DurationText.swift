/// Durations as a user writes and reads them.
extension Duration {
    /// Reads `10`, `1.5s`, `500ms`, `2m`, `1h` or `1m30s`; a bare number is seconds.
    ///
    /// The units are `d`, `h`, `m`, `s` and `ms`, each at most once and in this order. There is no
    /// sign, no space and no exponent. Nil for anything else, and for more than 2^63 − 1
    /// nanoseconds (292 years), which no clock of the system can wait for.
    package init?(text: String) {
        var rest = Substring(text)
        var units = DurationUnit.falling[...]
        var total: Int128 = 0
        repeat {
            let number = rest.removePrefix { $0.isDecimalDigit || $0 == "." }
            let isBare = rest.isEmpty && units.count == DurationUnit.falling.count
            let symbol = isBare ? "s" : rest.removePrefix { !$0.isDecimalDigit }
            guard let index = units.firstIndex(where: { $0.symbol == symbol }),
                let part = units[index].attoseconds(decimal: number)
            else { return nil }
            total += part
            units = units[(index + 1)...]
        } while !rest.isEmpty

        guard total <= DurationUnit.limit else { return nil }
        self.init(attoseconds: total)
    }

    /// The duration as a number of seconds.
    package var inSeconds: Double {
        Double(attoseconds) / 1e18
    }
}

/// A duration as it is shown: `500 ms`, `5 s`, `1.4 s`, `1m30s`, `2m`, `1h5m`.
///
/// Rounded to milliseconds below 1 s, but never to zero; to tenths of a second below 60 s; to whole
/// seconds from there on. Without the space it is a text that `Duration(text:)` reads.
package func durationText(_ duration: Duration) -> String {
    guard duration != .zero else { return "0 s" }
    guard duration > .zero else { return "-" + durationText(.zero - duration) }
    let milliseconds = duration.rounded(toMultiplesOf: .milliseconds(1))
    if milliseconds < 1000 { return "\(max(milliseconds, 1)) ms" }

    let (wholeSeconds, tenth) = duration.rounded(toMultiplesOf: .milliseconds(100))
        .quotientAndRemainder(dividingBy: 10)
    if wholeSeconds < 60 { return tenth == 0 ? "\(wholeSeconds) s" : "\(wholeSeconds).\(tenth) s" }

    var seconds = duration.rounded(toMultiplesOf: .seconds(1))
    var text = ""
    for unit in DurationUnit.falling {
        let length = unit.length.components.seconds
        guard length >= 1 else { continue }
        let (count, rest) = seconds.quotientAndRemainder(dividingBy: Int128(length))
        if count > 0 { text += "\(count)\(unit.symbol)" }
        seconds = rest
    }
    return text
}

/// A unit of time with the letters that stand for it.
private struct DurationUnit {
    let symbol: String
    let length: Duration

    static let falling = [
        DurationUnit(symbol: "d", length: .seconds(86_400)),
        DurationUnit(symbol: "h", length: .seconds(3600)),
        DurationUnit(symbol: "m", length: .seconds(60)),
        DurationUnit(symbol: "s", length: .seconds(1)),
        DurationUnit(symbol: "ms", length: .milliseconds(1)),
    ]

    /// The longest duration that is read, in attoseconds: the nanoseconds that 64 bits hold.
    static var limit: Int128 { Duration.nanoseconds(Int64.max).attoseconds }

    /// The attoseconds in `decimal` of this unit; nil if that is no decimal number or too long.
    func attoseconds(decimal: Substring) -> Int128? {
        let parts = decimal.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }

        var total: Int128 = 0
        for digit in parts[0].compactMap(\.wholeNumberValue) {
            // Far from overflow: ten times the limit is below 2^97.
            total = total * 10 + Int128(digit) * length.attoseconds
            guard total <= Self.limit else { return nil }
        }
        var place = length.attoseconds
        for digit in parts.dropFirst().joined().compactMap(\.wholeNumberValue) {
            place /= 10
            total += Int128(digit) * place
        }
        return total
    }
}

extension Duration {
    /// This duration, not negative, in units of `unit`; a half is rounded up.
    fileprivate func rounded(toMultiplesOf unit: Duration) -> Int128 {
        let (quotient, rest) = attoseconds.quotientAndRemainder(dividingBy: unit.attoseconds)
        return rest * 2 >= unit.attoseconds ? quotient + 1 : quotient
    }
}

extension Character {
    /// One of `0` to `9`, not a digit of another script.
    fileprivate var isDecimalDigit: Bool { isASCII && isNumber }
}

extension Substring {
    /// Takes off and returns the characters up to the first that does not match.
    fileprivate mutating func removePrefix(while matches: (Character) -> Bool) -> Substring {
        let taken = prefix(while: matches)
        removeFirst(taken.count)
        return taken
    }
}
