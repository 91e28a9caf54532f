import Console

/// The words of a verb as its parser here takes them, made of words as Go's command lines have them:
/// `--offline=T`, `--check-claims=0`, the last of several counting.
struct CosignWords {
    private(set) var words: [String] = []
    /// What was given and makes no difference.
    private(set) var warnings: [String] = []

    /// Flags without a value whose opposite is `--no-…`.
    private static let negatable: Set = ["check-claims", "tlog-upload", "use-signing-config"]
    /// Flags without a value of ours alone.
    private static let own: Set = [
        "offline", "staging", "quiet", "overwrite", "no-log", "no-timestamp", "forever",
        "insecure-ignore-sct",
    ]

    /// The flags without a value, in the order of their first coming.
    private var flags: [(name: String, isOn: Bool)] = []
    private var parts: [(flag: String, what: String)] = []

    /// - Parameter words: Begin with the verb.
    /// - Throws: `UsageError` for a flag that cannot be honoured, and a value that is none.
    init(_ words: [String]) throws {
        guard let verb = words.first else { return }
        let end = words.firstIndex(of: "--") ?? words.endIndex
        var rest = words[1..<max(1, end)]
        while let word = rest.popFirst() { try take(word, of: verb, &rest) }
        try checkParts()
        let chosen = flags.compactMap { flag in
            flag.isOn
                ? "--\(flag.name)" : Self.negatable.contains(flag.name) ? "--no-\(flag.name)" : nil
        }
        self.words = [verb] + chosen + self.words + words[max(1, end)...]
    }

    private mutating func take(
        _ word: String, of verb: String, _ rest: inout ArraySlice<String>
    ) throws {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let spelled = String(parts[0])
        let value = parts.count > 1 ? String(parts[1]) : nil
        let name = CosignFlag.otherNames[spelled] ?? String(spelled.dropFirst(2))
        if spelled.hasPrefix("--no-"), Self.negatable.contains(String(name.dropFirst(3))) {
            return set(String(name.dropFirst(3)), try !Self.boolean(spelled, value))
        }
        guard spelled.hasPrefix("--") || CosignFlag.otherNames[spelled] != nil,
            let flag = CosignFlag.named(name, of: verb)
        else {
            if spelled.hasPrefix("--"), Self.own.contains(name) {
                return set(name, try Self.boolean(spelled, value))
            }
            return words.append(word)
        }
        if flag.isBoolean {
            let isOn = try Self.boolean(spelled, value)
            switch flag.treatment {
            case .taken: set(name, isOn)
            case .refused(let instead) where isOn: throw UsageError("\(spelled): \(instead)")
            case .refused, .ignored, .part: break
            }
            return
        }
        guard case .taken = flag.treatment else {
            guard value != nil || rest.popFirst() != nil else {
                throw UsageError("\(spelled): the value is missing")
            }
            switch flag.treatment {
            case .refused(let instead): throw UsageError("\(spelled): \(instead)")
            case .part(let what): self.parts.append((spelled, what))
            case .taken, .ignored: break
            }
            return
        }
        words.append(value.map { "--\(name)=\($0)" } ?? "--\(name)")
        if value == nil, let next = rest.popFirst() { words.append(next) }
    }

    private mutating func set(_ name: String, _ isOn: Bool) {
        if let index = flags.firstIndex(where: { $0.name == name }) {
            flags[index].isOn = isOn
        } else {
            flags.append((name, isOn))
        }
    }

    private mutating func checkParts() throws {
        guard let first = parts.first else { return }
        guard words.contains(where: { $0 == "--bundle" || $0.hasPrefix("--bundle=") }) else {
            throw UsageError(
                "\(first.flag): \(first.what) is written as a part of the bundle only; say where that "
                    + "goes: --bundle FILE")
        }
        warnings = parts.map { "\($0.flag) is ignored: \($0.what) is in the bundle" }
    }

    /// A value as Go reads it.
    static func boolean(_ flag: String, _ value: String?) throws -> Bool {
        switch value {
        case nil, "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default: throw UsageError("\(flag): expected true or false")
        }
    }
}
