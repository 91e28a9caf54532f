import JSON

extension Statement {
    /// Whether two statements say the same, but for the time that a `custom` predicate is given when it is
    /// made.
    package static func isSame(_ payload: [UInt8], as other: [UInt8]) -> Bool {
        payload == other || timeless(payload).map { $0 == timeless(other) } == true
    }

    /// Whether two statements say the same of what they are about, that may be two things.
    package static func saysSame(_ payload: [UInt8], as other: [UInt8]) -> Bool {
        withoutSubjects(payload).map { $0 == withoutSubjects(other) } == true
    }

    private static func withoutSubjects(_ payload: [UInt8]) -> JSONValue? {
        guard
            case .object(var statement)? = timeless(payload) ?? (try? JSONValue(parsing: payload))
        else { return nil }
        statement["subject"] = nil
        return .object(statement)
    }

    /// Nil for what has no time of its own.
    private static func timeless(_ payload: [UInt8]) -> JSONValue? {
        guard case .object(var statement)? = try? JSONValue(parsing: payload),
            case .string(let type)? = statement["predicateType"],
            type == PredicateType.uri("custom"),
            case .object(var predicate)? = statement["predicate"]
        else { return nil }
        predicate["Timestamp"] = nil
        statement["predicate"] = .object(predicate)
        return .object(statement)
    }
}
