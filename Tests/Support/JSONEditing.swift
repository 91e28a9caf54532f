package import JSON

extension JSONValue {
    /// The value at a place such as `verificationMaterial.tlogEntries.0.logIndex`; nil is none.
    package subscript(_ path: String) -> JSONValue? {
        get { self[path.split(separator: ".").map(String.init)[...]] }
        set { self[path.split(separator: ".").map(String.init)[...]] = newValue }
    }

    private subscript(_ path: ArraySlice<String>) -> JSONValue? {
        get {
            guard let name = path.first else { return self }
            switch self {
            case .object(let members): return members[name]?[path.dropFirst()]
            case .array(let elements): return Int(name).flatMap { elements[$0][path.dropFirst()] }
            default: return nil
            }
        }
        set {
            guard let name = path.first else {
                self = newValue ?? .null
                return
            }
            switch self {
            case .object(var members) where path.count == 1:
                members[name] = newValue
                self = .object(members)
            case .object(var members):
                members[name, default: [:]][path.dropFirst()] = newValue
                self = .object(members)
            case .array(var elements):
                guard let index = Int(name) else { return }
                elements[index][path.dropFirst()] = newValue
                self = .array(elements)
            default: preconditionFailure("there is nothing to edit at \(path)")
            }
        }
    }

    package func setting(_ path: String, _ value: JSONValue?) -> JSONValue {
        var copy = self
        copy[path] = value
        return copy
    }

    /// A 64-bit integer, which proto3 JSON writes as text; nil for anything else.
    package func number(_ path: String) -> Int64? {
        guard case .string(let text)? = self[path] else { return nil }
        return Int64(text)
    }

    package func asString(_ path: String) throws -> String {
        guard case .string(let text)? = self[path] else {
            throw JSONError.unexpected(path: path, expected: "a string")
        }
        return text
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}
