import JSON
import TUF

/// The `signed` parts that a simulated repository begins with: version 1, valid to 2030.
enum Document {
    static let root = make(
        .root,
        [
            "consistent_snapshot": .bool(true),
            "keys": .object([:]),
            "roles": .object(
                Dictionary(
                    uniqueKeysWithValues: ["root", "timestamp", "snapshot", "targets"].map {
                        ($0, .object(["keyids": .array([]), "threshold": .integer(1)]))
                    })),
        ])
    static let timestamp = make(.timestamp, ["meta": .object([:])])
    static let snapshot = make(.snapshot, ["meta": .object([:])])
    static let targets = make(.targets, ["targets": .object([:])])

    private static func make(_ role: Role, _ members: [String: JSONValue]) -> JSONValue {
        let header: [String: JSONValue] = [
            "_type": .string(role.rawValue),
            "spec_version": .string("1.0.31"),
            "version": .integer(1),
            "expires": .string("2030-01-01T00:00:00Z"),
        ]
        return .object(header.merging(members) { $1 })
    }
}

/// Editing in place; what is edited must be of the right kind.
extension JSONValue {
    subscript(name: String) -> JSONValue {
        get {
            guard case .object(let members) = self else { return .null }
            return members[name] ?? .null
        }
        set {
            guard case .object(var members) = self else { preconditionFailure("not an object") }
            members[name] = newValue == .null ? nil : newValue
            self = .object(members)
        }
    }

    mutating func append(_ element: JSONValue) {
        guard case .array(let elements) = self else { preconditionFailure("not an array") }
        self = .array(elements + [element])
    }

    var integerValue: Int64 {
        guard case .integer(let integer) = self else { preconditionFailure("not an integer") }
        return integer
    }

    mutating func increment() {
        self = .integer(integerValue + 1)
    }
}

extension CanonicalJSON {
    static func encode(_ value: JSONValue) throws -> [UInt8] {
        try encode(JSONNode(parsing: value.text()))
    }
}
