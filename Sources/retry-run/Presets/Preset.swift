import Console

/// A named set of output rules for a family of tools.
///
/// What meets none of its rules ends the run, as with every set of retry rules. So a permanent rule is only
/// there for output that a transient rule would match as well.
struct Preset: Sendable {
    let name: String
    /// The tools whose messages it knows.
    let tools: String
    /// In the order in which they are named as the deciding one.
    let rules: [PresetRule]

    /// What `--preset` takes, in the order of the documentation.
    static let words = [
        "sigstore", "registry", "github", "git", "http", "apt", "pip", "npm", "go", "cargo",
    ]

    init(name: String, tools: String, rules: [PresetRule]) {
        self.name = name
        self.tools = tools
        self.rules = rules
    }

    init(named name: String) throws {
        switch name {
        case "sigstore": self = .sigstore
        case "registry": self = .registry
        case "github": self = .github
        case "git": self = .git
        case "http": self = .http
        case "apt": self = .apt
        case "pip": self = .pip
        case "npm": self = .npm
        case "go": self = .go
        case "cargo": self = .cargo
        default:
            throw InvalidValue(
                "no such preset; there are: " + Self.words.joined(separator: ", "))
        }
    }
}

/// One pattern of a preset and where it comes from.
struct PresetRule: Sendable {
    enum Kind: String, Sendable {
        /// Another attempt may succeed.
        case transient
        /// No further attempt would.
        case permanent
    }

    let kind: Kind
    /// What it is called in the list and by `--explain`.
    let name: String
    /// In RE2's syntax, looked for in each line.
    let pattern: String
    /// A message as a tool has printed it, with what is personal in it replaced.
    let message: String
    /// Where that message was seen: an issue, or the file that prints it.
    let source: String

    static func transient(
        _ name: String, _ pattern: String, seen message: String, in source: String
    ) -> PresetRule {
        PresetRule(
            kind: .transient, name: name, pattern: pattern, message: message, source: source)
    }

    static func permanent(
        _ name: String, _ pattern: String, seen message: String, in source: String
    ) -> PresetRule {
        PresetRule(
            kind: .permanent, name: name, pattern: pattern, message: message, source: source)
    }
}
