/// Reads one JSON text, once, from its first byte to its last.
///
/// By the letter of RFC 8259, in UTF-8. Beyond it, refused is what readers disagree about or what is
/// there to exhaust them: a member twice, half a surrogate pair, a byte order mark, and what goes
/// beyond `JSONLimit`. The time is linear in the length of the text.
struct JSONReader {
    let text: [UInt8]
    private let kept: JSONExtent
    var offset = 0
    private var tokens: [JSONToken] = []
    private var isKeeping = true
    private var isNextSkipped = false

    init(_ text: [UInt8], keeping kept: JSONExtent) {
        self.text = text
        self.kept = kept
    }

    mutating func read() throws(JSONError) -> JSONDocument {
        guard UInt32(exactly: text.count) != nil else { throw beyond("longer than 4 GiB") }
        if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw malformed("a byte order mark instead of a value")
        }
        skipSpace()
        try value(depth: 0)
        skipSpace()
        guard offset == text.count else { throw malformed("something follows the value") }
        return JSONDocument(text: text, tokens: tokens)
    }

    /// The byte that is next; 0, which no JSON holds, at the end.
    var byte: UInt8 { offset < text.count ? text[offset] : 0 }

    private mutating func skipSpace() {
        while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// `depth`: how many arrays and objects the value is in.
    private mutating func value(depth: Int) throws(JSONError) {
        switch byte {
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "\""): try keep(string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try keep(token(.number) { reader throws(JSONError) in try reader.number() })
        case UInt8(ascii: "t"): try word("true", .bool)
        case UInt8(ascii: "f"): try word("false", .bool)
        case UInt8(ascii: "n"): try word("null", .null)
        default: throw malformed("expected a value")
        }
    }

    private mutating func word(_ word: StaticString, _ kind: JSONToken.Kind) throws(JSONError) {
        let start = offset
        for expected in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
            guard byte == expected else { throw malformed("expected '\(word)'") }
            offset += 1
        }
        try keep(JSONToken(kind: kind, start: UInt32(start), end: UInt32(offset)))
    }

    private mutating func string() throws(JSONError) -> JSONToken {
        var isEscaped = false
        var token = try token(.string) { reader throws(JSONError) in
            isEscaped = try reader.skipString()
        }
        token.isEscaped = isEscaped
        return token
    }

    private mutating func token(
        _ kind: JSONToken.Kind, _ read: (inout Self) throws(JSONError) -> Void
    ) throws(JSONError) -> JSONToken {
        let start = offset
        try read(&self)
        return JSONToken(kind: kind, start: UInt32(start), end: UInt32(offset))
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let opened = try open(.array, depth: depth)
        if byte != UInt8(ascii: "]") {
            while true {
                try value(depth: depth)
                skipSpace()
                guard byte == UInt8(ascii: ",") else { break }
                offset += 1
                skipSpace()
            }
        }
        try close(opened, by: UInt8(ascii: "]"), else: "expected ',' or ']'")
    }

    private mutating func object(depth: Int) throws(JSONError) {
        let opened = try open(.object, depth: depth)
        if byte != UInt8(ascii: "}") {
            var names: Set<JSONName> = []
            while true {
                try member(depth: depth, &names)
                skipSpace()
                guard byte == UInt8(ascii: ",") else { break }
                offset += 1
                skipSpace()
            }
        }
        try close(opened, by: UInt8(ascii: "}"), else: "expected ',' or '}'")
    }

    private mutating func member(depth: Int, _ names: inout Set<JSONName>) throws(JSONError) {
        guard byte == UInt8(ascii: "\"") else { throw malformed("expected a name in quotes") }
        let name = try string()
        let content = text[(Int(name.start) + 1)..<(Int(name.end) - 1)]
        let bytes = name.isEscaped ? content.unescaped[...] : content
        guard names.insert(JSONName(bytes: bytes)).inserted else {
            throw .doubled(
                member: String(decoding: bytes, as: UTF8.self),
                at: JSONPosition(of: Int(name.start), in: text))
        }
        guard names.count <= JSONLimit.members else {
            throw beyond("more than \(JSONLimit.members) members")
        }
        try keep(name)
        skipSpace()
        guard byte == UInt8(ascii: ":") else { throw malformed("expected ':'") }
        offset += 1
        skipSpace()
        if depth == 1, case .allBut(let member) = kept {
            isNextSkipped = bytes.elementsEqual(member.utf8)
        }
        try value(depth: depth)
        isNextSkipped = false
    }

    /// An array or object that has been begun.
    private struct Opened {
        let number: Int
        let isKept: Bool
    }

    private mutating func open(_ kind: JSONToken.Kind, depth: Int) throws(JSONError) -> Opened {
        guard depth <= JSONLimit.depth else {
            throw beyond("more than \(JSONLimit.depth) levels deep")
        }
        let opened = Opened(number: tokens.count, isKept: isKeeping)
        try keep(JSONToken(kind: kind, start: UInt32(offset)))
        if isNextSkipped { isKeeping = false }
        if case .levels(let count) = kept, depth > count { isKeeping = false }
        isNextSkipped = false
        offset += 1
        skipSpace()
        return opened
    }

    private mutating func close(
        _ opened: Opened, by bracket: UInt8, else expected: String
    ) throws(JSONError) {
        guard byte == bracket else { throw malformed(expected) }
        offset += 1
        guard opened.isKept else { return }
        isKeeping = true
        tokens[opened.number].end = UInt32(offset)
        tokens[opened.number].next = UInt32(tokens.count)
    }

    private mutating func keep(_ token: JSONToken) throws(JSONError) {
        guard isKeeping else { return }
        guard tokens.count < JSONLimit.values else {
            throw beyond("more than \(JSONLimit.values) values")
        }
        tokens.append(token)
        tokens[tokens.count - 1].next = UInt32(tokens.count)
    }

    func malformed(_ reason: String) -> JSONError {
        let reason = offset < text.count ? reason : "the text ends too early"
        return .malformed(reason, at: JSONPosition(of: offset, in: text))
    }

    func beyond(_ reason: String) -> JSONError {
        .beyondLimit(reason, at: JSONPosition(of: offset, in: text))
    }
}

/// How much of a document is kept for its reader. All of it is checked. An array or object whose content
/// is not kept seems to be empty.
package enum JSONExtent {
    case everything
    /// All but the content of that member of the top.
    case allBut(String)
    /// What is in that many arrays and objects at most.
    case levels(Int)
}

/// What no honest document comes near.
package enum JSONLimit {
    /// Arrays and objects in one another.
    package static let depth = 64
    /// Members of one object.
    package static let members = 1 << 20
    /// Values that are kept of one document, names counted as well.
    package static let values = 1 << 21
    /// Bytes of a number.
    package static let number = 1024
}

/// A member's name, which is the same as another when it has the same Unicode scalars.
///
/// `String` would take U+212A for K.
private struct JSONName: Hashable {
    let bytes: ArraySlice<UInt8>

    static func == (left: Self, right: Self) -> Bool { left.bytes.elementsEqual(right.bytes) }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
