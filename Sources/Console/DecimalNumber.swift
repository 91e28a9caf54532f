/// A number that is not negative, with any number of digits and an exponent: `10`, `.5`, `5.`, `2.34e+5`.
struct DecimalNumber {
    /// The digits from the first that is not zero on; the ones that no result can hold are left out.
    private let digits: [UInt8]
    /// Ten to this power is the place of the first digit.
    private let power: Int

    /// More digits than a count of attoseconds in 292 years has.
    private static let plenty = 48
    /// Beyond it, a number is larger or smaller than whatever it is multiplied with.
    private static let farthestExponent = 1_000_000

    var isZero: Bool { digits.isEmpty }

    /// Takes a number off the front of `text`; nil, and nothing taken, when there is none.
    init?(takenFrom text: inout Substring.UTF8View) {
        var rest = text
        if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let whole = Self.takeDigits(from: &rest)
        var fraction = ""[...].utf8
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(from: &rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }

        let all = whole.map { $0 } + fraction.map { $0 }
        let significant = all.drop { $0 == UInt8(ascii: "0") }
        digits = significant.prefix(Self.plenty).map { $0 - UInt8(ascii: "0") }
        power =
            whole.count - (all.count - significant.count) - 1 + Self.takeExponent(from: &rest)
        text = rest
    }

    /// The product, rounded down, at most `limit`.
    func times(_ factor: Int128, limit: Int128) -> Int128 {
        var total: Int128 = 0
        for (index, digit) in digits.enumerated() where digit != 0 {
            let part = Self.scaled(factor, byTenTo: power - index, limit: limit) * Int128(digit)
            total = min(total + part, limit)
        }
        return total
    }

    private static func scaled(_ factor: Int128, byTenTo power: Int, limit: Int128) -> Int128 {
        var result = factor
        for _ in 0..<abs(power) {
            result = power < 0 ? result / 10 : result * 10
            if result == 0 { return 0 }
            if result >= limit { return limit }
        }
        return min(result, limit)
    }

    private static func takeDigits(from text: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = text.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        text = text[digits.endIndex...]
        return digits
    }

    /// The exponent, as far as it matters; 0 when there is none.
    private static func takeExponent(from text: inout Substring.UTF8View) -> Int {
        var rest = text
        guard let mark = rest.popFirst(), [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(mark)
        else { return 0 }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = takeDigits(from: &rest)
        guard !digits.isEmpty else { return 0 }
        text = rest
        let value = min(Int(Substring(digits)) ?? farthestExponent, farthestExponent)
        return isNegative ? -value : value
    }
}
