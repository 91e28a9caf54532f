import RetryEngine

/// A wait as a tool or a service states it in a sentence: `30`, `12.5ms`, `1 hour and 5 minutes`,
/// `2026-01-02T03:04:05Z`, `Thu, 12 Dec 2024 14:24:53 GMT`.
package enum ToldDelay: Equatable {
    case duration(Duration)
    /// Seconds since 1970, UTC.
    case instant(Double)

    /// The first one in a text; nil when there is none.
    ///
    /// A number without a unit is seconds, and one from 10^9 on (the year 2001) an instant, as in
    /// `X-RateLimit-Reset`. Only the first 256 bytes are looked at.
    package init?(firstIn text: some Collection<UInt8>) {
        var reader = DelayReader(text.prefix(256))
        guard let found = reader.first() else { return nil }
        self = found
    }

    /// The pause that it means at the time `now`, in seconds since 1970; never less than zero.
    package func pause(from now: Double) -> Duration {
        switch self {
        case .duration(let duration): duration
        case .instant(let instant):
            // What lies centuries ahead is as long as a clock can wait.
            min(.seconds(max(instant - now, 0)), .longest)
        }
    }
}

/// Reads words and numbers off a text.
private struct DelayReader {
    private let text: [UInt8]
    private var position = 0

    init(_ text: some Collection<UInt8>) {
        self.text = Array(text)
    }

    mutating func first() -> ToldDelay? {
        while position < text.count {
            if !isInWord, let found = here() { return found }
            position += 1
        }
        return nil
    }

    /// Inside of a name, a number or a time of day.
    private var isInWord: Bool {
        guard position > 0 else { return false }
        let isTime =
            position > 1 && text[position - 1] == UInt8(ascii: ":") && text[position - 2].isDigit
        return isTime || isWordByte(text[position - 1])
    }

    /// What begins here; the position stays when nothing does.
    private mutating func here() -> ToldDelay? {
        let start = position
        for form in [Self.internetTime, Self.httpTime, Self.oldHTTPTime, Self.asctime] {
            if let instant = form(&self) { return .instant(instant) }
            position = start
        }
        if let duration = duration() { return duration }
        position = start
        return nil
    }

    // MARK: Durations

    private mutating func duration() -> ToldDelay? {
        if position > 0, text[position - 1] == UInt8(ascii: "-") { return nil }
        var total = ""
        while let number = number() {
            let end = position
            skipBlanks()
            let word = word()
            if let unit = Self.units[word] {
                total += number + unit
            } else if total.isEmpty {
                position = end
                // The hour of a time of day, a version, a name that begins with a digit, a year.
                if let next = peek(),
                    next == UInt8(ascii: ":") || next.isDigit || next.isLetter
                        || next == UInt8(ascii: ".") && peek(1)?.isDigit == true
                        || isBeforeMonthAndDay
                {
                    return nil
                }
                return bare(number)
            } else {
                break
            }
            skipSeparator()
        }
        return Duration(text: total).map { .duration($0) }
    }

    /// At the end of a year: the date is one that there is not.
    private var isBeforeMonthAndDay: Bool {
        peek() == UInt8(ascii: "-") && peek(1)?.isDigit == true && peek(2)?.isDigit == true
            && peek(3) == UInt8(ascii: "-")
    }

    private func bare(_ number: String) -> ToldDelay? {
        guard let seconds = Duration(text: number) else { return nil }
        return seconds >= .seconds(1_000_000_000)
            ? .instant(seconds.inSeconds) : .duration(seconds)
    }

    private static let units: [String: String] = {
        let words = [
            "ns": "ns nanosecond nanoseconds", "us": "us \u{b5}s \u{3bc}s microsecond microseconds",
            "ms": "ms msec msecs millis millisecond milliseconds", "s": "s sec secs second seconds",
            "m": "m min mins minute minutes", "h": "h hr hrs hour hours", "d": "d day days",
            "w": "w week weeks",
        ]
        var units: [String: String] = [:]
        for (unit, names) in words {
            for name in names.split(separator: " ") { units[String(name)] = unit }
        }
        return units
    }()

    private mutating func number() -> String? {
        let start = position
        skip { $0.isDigit }
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true || position > start {
            position += 1
            skip { $0.isDigit }
        }
        // The period at the end of a sentence.
        if position > start, text[position - 1] == UInt8(ascii: ".") { position -= 1 }
        return position == start ? nil : string(start..<position)
    }

    /// Letters, the micro sign among them, in lower case.
    private mutating func word() -> String {
        let start = position
        skip { $0.isLetter || $0 >= 0x80 }
        return string(start..<position).lowercased()
    }

    private mutating func skipSeparator() {
        skipBlanks()
        if peek() == UInt8(ascii: ",") { position += 1 }
        skipBlanks()
        let start = position
        if word() != "and" { position = start }
        skipBlanks()
    }

    // MARK: Instants

    /// RFC 3339; a blank may stand for the T, and UTC is meant where no zone is given.
    private static func internetTime(_ reader: inout DelayReader) -> Double? {
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
            reader.take("-"), let day = reader.digits(2),
            reader.take("T") || reader.take("t") || reader.take(" "),
            var seconds = reader.timeOfDay()
        else { return nil }
        let fraction = reader.position
        if reader.take("."), reader.peek()?.isDigit == true {
            reader.skip { $0.isDigit }
            seconds += Double("0" + reader.string(fraction..<reader.position)) ?? 0
        }
        var offset = 0
        let signs: [(Unicode.Scalar, Int)] = [("+", -1), ("-", 1)]
        for (sign, factor) in signs where reader.take(sign) {
            if let both = reader.digits(4) {
                offset = factor * (both / 100 * 3600 + both % 100 * 60)
            } else if let hours = reader.digits(2) {
                let minutes = reader.take(":") ? reader.digits(2) ?? 0 : 0
                offset = factor * (hours * 3600 + minutes * 60)
            } else {
                return nil
            }
        }
        return since1970(year, month, day).map { $0 + seconds + Double(offset) }
    }

    /// `12 Dec 2024 14:24:53 GMT`; the day of the week before it says nothing more (RFC 9110 §5.6.7).
    private static func httpTime(_ reader: inout DelayReader) -> Double? {
        guard let day = reader.digits(2), reader.take(" "), let month = reader.month(),
            reader.take(" "), let year = reader.digits(4), reader.take(" "),
            let seconds = reader.timeOfDay()
        else { return nil }
        return since1970(year, month, day).map { $0 + seconds }
    }

    /// `12-Dec-24 14:24:53 GMT`, the form of RFC 850.
    private static func oldHTTPTime(_ reader: inout DelayReader) -> Double? {
        guard let day = reader.digits(2), reader.take("-"), let month = reader.month(),
            reader.take("-"), let year = reader.digits(2), reader.take(" "),
            let seconds = reader.timeOfDay()
        else { return nil }
        return since1970(year + (year < 70 ? 2000 : 1900), month, day).map { $0 + seconds }
    }

    /// `Dec 12 14:24:53 2024`
    private static func asctime(_ reader: inout DelayReader) -> Double? {
        guard let month = reader.month(), reader.take(" ") else { return nil }
        reader.skipBlanks()
        guard let day = reader.digits(2) ?? reader.digits(1), reader.take(" "),
            let seconds = reader.timeOfDay(), reader.take(" "), let year = reader.digits(4)
        else { return nil }
        return since1970(year, month, day).map { $0 + seconds }
    }

    private mutating func timeOfDay() -> Double? {
        guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60,
            take(":"), let second = digits(2), second <= 60
        else { return nil }
        return Double(hour * 3600 + minute * 60 + second)
    }

    private mutating func month() -> Int? {
        let names = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        guard position + 3 <= text.count,
            let index = names.firstIndex(of: string(position..<position + 3).lowercased())
        else { return nil }
        position += 3
        return index + 1
    }

    /// Seconds from 1970 to the start of a day of the Gregorian calendar; nil when there is no such day.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    private static func since1970(_ year: Int, _ month: Int, _ day: Int) -> Double? {
        guard 1...12 ~= month, 1...31 ~= day else { return nil }
        let year = month > 2 ? year : year - 1
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Double(era * 146_097 + dayOfEra - 719_468) * 86_400
    }

    // MARK: Bytes

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < text.count ? text[position + offset] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// A number of exactly so many digits.
    private mutating func digits(_ count: Int) -> Int? {
        guard position + count <= text.count,
            text[position..<position + count].allSatisfy(\.isDigit),
            peek(count)?.isDigit != true
        else { return nil }
        let value = Int(string(position..<position + count))
        position += count
        return value
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = peek(), condition(byte) { position += 1 }
    }

    private mutating func skipBlanks() {
        skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isLetter || byte == UInt8(ascii: ".")
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    fileprivate var isLetter: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }
}
