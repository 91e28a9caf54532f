extension JSONReader {
    /// Goes over a number (RFC 8259 §6). One that no double comes near is refused: readers would make
    /// infinity of it.
    mutating func number() throws(JSONError) {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        if byte == UInt8(ascii: "0") {
            offset += 1
            if byte.isDigit { throw malformed("a number does not begin with 0") }
        } else {
            try digits(from: start)
        }
        if byte == UInt8(ascii: ".") {
            offset += 1
            try digits(from: start)
        }
        let hasExponent = byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
        if hasExponent {
            offset += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { offset += 1 }
            try digits(from: start)
        }
        if hasExponent || offset - start > 308 {
            let number = Double(String(decoding: text[start..<offset], as: UTF8.self))
            guard number?.isFinite == true else {
                offset = start
                throw beyond("a number that is too large")
            }
        }
    }

    private mutating func digits(from start: Int) throws(JSONError) {
        guard byte.isDigit else { throw malformed("expected a digit") }
        while byte.isDigit {
            offset += 1
            guard offset - start <= JSONLimit.number else {
                offset = start
                throw beyond("a number of more than \(JSONLimit.number) characters")
            }
        }
    }

    /// Goes over a string (RFC 8259 §7); whether it has escapes.
    mutating func skipString() throws(JSONError) -> Bool {
        var isEscaped = false
        offset += 1
        while true {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return isEscaped
            case UInt8(ascii: "\\"):
                isEscaped = true
                try skipEscape()
            case 0..<0x20: throw malformed("a control character in a string")
            case 0x20..<0x80: offset += 1
            default: try skipScalar()
            }
        }
    }

    private mutating func skipEscape() throws(JSONError) {
        let start = offset
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard UTF16.isSurrogate(unit) else { return }
            if UTF16.isLeadSurrogate(unit), text[offset...].starts(with: #"\u"#.utf8) {
                offset += 1
                if UTF16.isTrailSurrogate(try codeUnit()) { return }
            }
            offset = start
            throw malformed("half of a surrogate pair")
        default: throw malformed("there is no such escape")
        }
    }

    /// The four digits after a `u`.
    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            offset += 1
            guard let digit = byte.hexDigit else {
                throw malformed("expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 1
        return unit
    }

    /// Goes over a scalar of several bytes (RFC 3629 §4).
    private mutating func skipScalar() throws(JSONError) {
        let start = offset
        let (count, second): (Int, ClosedRange<UInt8>) =
            switch byte {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0...0)
            }
        let rest = text[start...].prefix(count).dropFirst()
        guard count > 0, rest.count == count - 1, second ~= text[start + 1],
            rest.allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw malformed("this is not UTF-8") }
        offset += count
    }
}

extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
