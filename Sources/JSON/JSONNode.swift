/// A value of a document and where it stands in it, so that an error can name the place.
///
/// `null` counts as absent: that is what the services mean by it. Names are compared by their Unicode
/// scalars.
package struct JSONNode: Sendable {
    private let document: JSONDocument
    private let number: Int
    private let place: Place
    /// Whether names may be spelled as protocol buffers define them too: `log_id` for `logId`.
    private let takesProtoNames: Bool

    private indirect enum Place: Sendable {
        case top
        case member(String, of: Place)
        case element(Int, of: Place)
    }

    /// Reads a text in UTF-8 by RFC 8259.
    package init(
        parsing text: [UInt8], keeping extent: JSONExtent = .everything
    ) throws(JSONError) {
        try self.init(parsing: text, keeping: extent, takesProtoNames: false)
    }

    /// Reads a text in the JSON form of protocol buffers, in which each name has two spellings.
    package init(parsingProto text: [UInt8]) throws(JSONError) {
        try self.init(parsing: text, keeping: .everything, takesProtoNames: true)
    }

    private init(
        parsing text: [UInt8], keeping extent: JSONExtent, takesProtoNames: Bool
    ) throws(JSONError) {
        var reader = JSONReader(text, keeping: extent)
        document = try reader.read()
        number = 0
        place = .top
        self.takesProtoNames = takesProtoNames
    }

    private init(_ number: Int, _ place: Place, in parent: JSONNode) {
        document = parent.document
        self.number = number
        self.place = place
        takesProtoNames = parent.takesProtoNames
    }

    private var token: JSONToken { document.tokens[number] }
    var kind: JSONToken.Kind { token.kind }

    /// The bytes of the value as they stand in the text.
    package var source: ArraySlice<UInt8> { document.text[token.range] }

    /// `tlogEntries[0].logId`; empty at the top.
    package var path: String {
        switch place {
        case .top: ""
        case .member(let name, let parent):
            parentPath(parent).isEmpty ? shown(name) : "\(parentPath(parent)).\(shown(name))"
        case .element(let index, let parent): "\(parentPath(parent))[\(index)]"
        }
    }

    private func shown(_ name: String) -> String { quotedName(name) ?? "…" }

    private func parentPath(_ parent: Place) -> String { JSONNode(number, parent, in: self).path }
}

extension JSONNode {
    package var isObject: Bool { kind == .object }

    /// The member of that name; nil when this is an object without it, or it is `null`.
    package func optional(_ name: String) throws(JSONError) -> JSONNode? {
        guard isObject else { throw unexpected("an object") }
        var found: JSONNode?
        var next = number + 1
        while next < token.next {
            let member = document.tokens[next]
            if isName(member, name) {
                guard found == nil else {
                    let position = JSONPosition(of: Int(member.start), in: document.text)
                    throw .doubled(member: name, at: position)
                }
                found = JSONNode(next + 1, .member(name, of: place), in: self)
                if !takesProtoNames { break }
            }
            next = Int(document.tokens[next + 1].next)
        }
        return found.flatMap { $0.kind == .null ? nil : $0 }
    }

    package func required(_ name: String) throws(JSONError) -> JSONNode {
        guard let member = try optional(name) else { throw .missing(member: name, of: path) }
        return member
    }

    private func isName(_ token: JSONToken, _ name: String) -> Bool {
        let bytes = document.bytes(ofString: token)
        return bytes.elementsEqual(name.utf8)
            || takesProtoNames && bytes.elementsEqual(name.utf8.protoSpelling)
    }

    /// All members in their order; those that are `null` as well.
    package var members: [(name: String, value: JSONNode)] {
        get throws(JSONError) {
            guard isObject else { throw unexpected("an object") }
            var members: [(name: String, value: JSONNode)] = []
            var next = number + 1
            while next < token.next {
                let bytes = document.bytes(ofString: document.tokens[next])
                let name = String(decoding: bytes, as: UTF8.self)
                members.append((name, JSONNode(next + 1, .member(name, of: place), in: self)))
                next = Int(document.tokens[next + 1].next)
            }
            return members
        }
    }

    /// The elements of an array.
    package var elements: [JSONNode] {
        get throws(JSONError) {
            guard kind == .array else { throw unexpected("an array") }
            var elements: [JSONNode] = []
            var next = number + 1
            while next < token.next {
                elements.append(JSONNode(next, .element(elements.count, of: place), in: self))
                next = Int(document.tokens[next].next)
            }
            return elements
        }
    }

    package var string: String {
        get throws(JSONError) { String(decoding: try stringBytes, as: UTF8.self) }
    }

    /// A string in UTF-8, escapes resolved.
    var stringBytes: ArraySlice<UInt8> {
        get throws(JSONError) {
            guard kind == .string else { throw unexpected("a string") }
            return document.bytes(ofString: token)
        }
    }

    /// A number without fraction and exponent, of 64 bits.
    package var integer: Int64 {
        get throws(JSONError) {
            guard kind == .number, let integer = Int64(String(decoding: source, as: UTF8.self))
            else { throw unexpected("an integer") }
            return integer
        }
    }

    package var double: Double {
        get throws(JSONError) {
            guard kind == .number, let double = Double(String(decoding: source, as: UTF8.self))
            else { throw unexpected("a number") }
            return double
        }
    }

    package var bool: Bool {
        get throws(JSONError) {
            guard kind == .bool else { throw unexpected("true or false") }
            return source.first == UInt8(ascii: "t")
        }
    }

    package func unexpected(_ expected: String) -> JSONError {
        .unexpected(path: path, expected: expected)
    }
}

extension String.UTF8View {
    /// `log_id` for `logId`.
    fileprivate var protoSpelling: [UInt8] {
        flatMap { byte -> [UInt8] in
            let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
            return isUpper ? [UInt8(ascii: "_"), byte | 0x20] : [byte]
        }
    }
}
