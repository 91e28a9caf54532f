/// A value and where it stands in its document, so that an error can name the place.
///
/// `null` counts as absent: that is what the services mean by it.
package struct JSONNode: Equatable, Sendable {
    package let value: JSONValue
    /// `tlogEntries[0].logId`; empty at the top.
    package let path: String

    package init(_ value: JSONValue) {
        self.init(value, path: "")
    }

    package init(parsing text: [UInt8]) throws(JSONError) {
        self.init(try JSONValue(parsing: text))
    }

    private init(_ value: JSONValue, path: String) {
        self.value = value
        self.path = path
    }

    /// The member of that name; nil when this is an object without it.
    package func optional(_ name: String) throws(JSONError) -> JSONNode? {
        guard let member = try members[name], member != .null else { return nil }
        return JSONNode(member, path: path.isEmpty ? name : "\(path).\(name)")
    }

    package func required(_ name: String) throws(JSONError) -> JSONNode {
        guard let member = try optional(name) else { throw .missing(member: name, of: path) }
        return member
    }

    package var members: [String: JSONValue] {
        get throws(JSONError) {
            guard case .object(let members) = value else { throw unexpected("an object") }
            return members
        }
    }

    /// The elements of an array, each with its place.
    package var elements: [JSONNode] {
        get throws(JSONError) {
            guard case .array(let elements) = value else { throw unexpected("an array") }
            return elements.enumerated().map { JSONNode($1, path: "\(path)[\($0)]") }
        }
    }

    package var string: String {
        get throws(JSONError) {
            guard case .string(let string) = value else { throw unexpected("a string") }
            return string
        }
    }

    package var integer: Int64 {
        get throws(JSONError) {
            guard case .integer(let integer) = value else { throw unexpected("an integer") }
            return integer
        }
    }

    package var bool: Bool {
        get throws(JSONError) {
            guard case .bool(let bool) = value else { throw unexpected("true or false") }
            return bool
        }
    }

    package func unexpected(_ expected: String) -> JSONError {
        .unexpected(path: path, expected: expected)
    }
}
