/// A text that is not the JSON it should be.
package enum JSONError: Error, Equatable {
    case malformed(String)
    case missing(member: String, of: String)
    case unexpected(path: String, expected: String)
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason):
            "not JSON: \(reason)"
        case .missing(let member, let path):
            path.isEmpty ? "'\(member)' is missing" : "'\(member)' is missing from '\(path)'"
        case .unexpected(let path, let expected):
            path.isEmpty ? "the document is not \(expected)" : "'\(path)' is not \(expected)"
        }
    }
}
