/// Durations as a user writes and reads them.
extension Duration {
    /// Reads `10`, `.5`, `1e3`, `1.5s`, `500ms`, `100us`, `2m`, `1h`, `1m30s`, `2d` or `1w`; a bare
    /// number is seconds.
    ///
    /// The numbers are those of `sleep` and `timeout` of GNU, without hexadecimal ones; the units are
    /// theirs and those of Go's `time.ParseDuration`, in any order and as often as one likes. What is
    /// longer than a clock of the system can wait for is the longest that it can, 2^63 − 1 nanoseconds
    /// (292 years), and so is `infinity`; what is shorter than a nanosecond, and not zero, is one.
    /// Nil for anything else: there are no negative durations.
    package init?(text: String) {
        if ["inf", "infinity"].contains(text.lowercased()) {
            self = DurationUnit.longest
            return
        }
        var rest = text.utf8[...]
        var total: Int128 = 0
        var isZero = true
        let mayBeBare = !text.utf8.contains(where: DurationUnit.isPartOfSymbol)
        repeat {
            guard let number = DecimalNumber(takenFrom: &rest) else { return nil }
            let symbol = mayBeBare ? "s" : String(DurationUnit.takeSymbol(from: &rest))
            guard let unit = DurationUnit.falling.first(where: { $0.symbols.contains(symbol) })
            else { return nil }
            total = min(
                total + number.times(unit.length.attoseconds, limit: DurationUnit.limit),
                DurationUnit.limit)
            isZero = isZero && number.isZero
        } while !rest.isEmpty && !mayBeBare

        guard rest.isEmpty else { return nil }
        self.init(attoseconds: total)
        if !isZero { self = max(self, .nanoseconds(1)) }
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
    for unit in DurationUnit.falling where unit.length >= .seconds(1) && unit.symbol != "w" {
        let length = unit.length.components.seconds
        let (count, rest) = seconds.quotientAndRemainder(dividingBy: Int128(length))
        if count > 0 { text += "\(count)\(unit.symbol)" }
        seconds = rest
    }
    return text
}

/// A unit of time with the letters that stand for it, the one that is shown first.
private struct DurationUnit {
    let symbols: [String]
    let length: Duration
    var symbol: String { symbols[0] }

    static let falling = [
        DurationUnit(symbols: ["w"], length: .seconds(604_800)),
        DurationUnit(symbols: ["d"], length: .seconds(86_400)),
        DurationUnit(symbols: ["h"], length: .seconds(3600)),
        DurationUnit(symbols: ["m"], length: .seconds(60)),
        DurationUnit(symbols: ["s"], length: .seconds(1)),
        DurationUnit(symbols: ["ms"], length: .milliseconds(1)),
        // The micro sign and the Greek letter, as in Go.
        DurationUnit(symbols: ["us", "\u{b5}s", "\u{3bc}s"], length: .microseconds(1)),
        DurationUnit(symbols: ["ns"], length: .nanoseconds(1)),
    ]

    /// The longest duration that is read: the nanoseconds that 64 bits hold.
    static let longest = Duration.nanoseconds(Int64.max)
    static var limit: Int128 { longest.attoseconds }

    /// True for the bytes that units are made of. `joined` or a set of them would take the runtime a
    /// tenth of a start.
    static func isPartOfSymbol(_ byte: UInt8) -> Bool {
        falling.contains { $0.symbols.contains { $0.utf8.contains(byte) } }
    }

    static func takeSymbol(from text: inout Substring.UTF8View) -> Substring {
        let symbol = text.prefix(while: isPartOfSymbol)
        text = text[symbol.endIndex...]
        return Substring(symbol)
    }
}

extension Duration {
    /// This duration, not negative, in units of `unit`; a half is rounded up.
    fileprivate func rounded(toMultiplesOf unit: Duration) -> Int128 {
        let (quotient, rest) = attoseconds.quotientAndRemainder(dividingBy: unit.attoseconds)
        return rest * 2 >= unit.attoseconds ? quotient + 1 : quotient
    }
}
