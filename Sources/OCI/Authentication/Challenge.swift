package import HTTP

/// What a registry wants to see before it answers (RFC 9110 §11.6.1, RFC 6750 §3).
package enum Challenge: Equatable, Sendable {
    case basic
    case bearer(realm: String, service: String?)
}

extension Challenge {
    /// The challenge of an answer; of several a token's, as a password goes to fewer places then.
    package init?(_ response: HTTPResponse) {
        let lines = response.headers.filter { $0.name.lowercased() == "www-authenticate" }
        let all = lines.flatMap { Self.all(in: $0.value) }
        guard let chosen = all.first(where: { $0 != .basic }) ?? all.first else { return nil }
        self = chosen
    }

    static func all(in line: String) -> [Challenge] {
        var challenges: [Challenge] = []
        var scheme = ""
        var parameters: [String: String] = [:]
        func end() {
            switch scheme.lowercased() {
            case "basic": challenges.append(.basic)
            case "bearer":
                guard let realm = parameters["realm"], !realm.isEmpty else { return }
                challenges.append(.bearer(realm: realm, service: parameters["service"]))
            default: break
            }
        }
        var rest = line[...]
        while let word = rest.popToken() {
            if rest.first == "=" {
                rest.removeFirst()
                parameters[word.lowercased()] = rest.popValue()
            } else {
                end()
                scheme = word
                parameters = [:]
            }
        }
        end()
        return challenges
    }
}

extension Substring {
    /// The next word, and what parts it from the one before; nil at the end.
    fileprivate mutating func popToken() -> String? {
        self = drop { $0 == " " || $0 == "," || $0 == "\t" }
        let word = prefix { !" ,=\t\"".contains($0) }
        if word.isEmpty { return nil }
        self = self[word.endIndex...]
        return String(word)
    }

    /// A word, or a text in quotes.
    fileprivate mutating func popValue() -> String {
        guard first == "\"" else { return popToken() ?? "" }
        removeFirst()
        var value = ""
        while let character = popFirst(), character != "\"" {
            value.append(character == "\\" ? popFirst() ?? character : character)
        }
        return value
    }
}
