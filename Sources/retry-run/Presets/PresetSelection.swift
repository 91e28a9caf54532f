import Patterns

/// The presets of a run. Their patterns are compiled when the first attempt has failed: a success pays
/// nothing for them.
final class PresetSelection {
    let presets: [Preset]
    private lazy var permanent = Self.combined(presets, .permanent)
    private lazy var transient = Self.combined(presets, .transient)
    /// Where presets find how long to wait.
    private(set) lazy var delayPattern = Self.pattern(Self.delay, capturing: true)

    init(_ presets: [Preset]) {
        self.presets = presets
    }

    /// One pattern for all of that kind, so that a megabyte is looked at once and not fifty times; nil
    /// where the presets have none.
    func pattern(_ kind: PresetRule.Kind) -> Pattern? {
        switch kind {
        case .permanent: permanent
        case .transient: transient
        }
    }

    /// The rule that a line meets: that of the preset that was named first, in the order of its list.
    func rule(_ kind: PresetRule.Kind, in line: [UInt8]) -> DecidingRule {
        for preset in presets {
            for rule in preset.rules where rule.kind == kind {
                let isMet = line.withUnsafeBytes { Self.pattern(rule.pattern)?.matches($0) }
                if isMet == true {
                    return .presetRule(preset: preset.name, rule: rule.name, kind: kind)
                }
            }
        }
        // It took more than the line, which was cut.
        return .presetRule(preset: presets.first?.name ?? "", rule: "several", kind: kind)
    }

    private static func combined(_ presets: [Preset], _ kind: PresetRule.Kind) -> Pattern? {
        var sources: [String] = []
        for rule in presets.flatMap(\.rules) where rule.kind == kind {
            // Presets share rules.
            if !sources.contains(rule.pattern) { sources.append(rule.pattern) }
        }
        if sources.isEmpty { return nil }
        return pattern(sources.map { "(?:\($0))" }.joined(separator: "|"))
    }

    /// Nil only for a pattern that RE2 refuses; a test compiles every one.
    private static func pattern(_ source: String, capturing: Bool = false) -> Pattern? {
        try? Pattern(source, for: .lines, capturing: capturing)
    }

    /// `Retry-After: 120`, `retry-after: 12.5ms`, `"retry_after": 30`, `retry after 30 s`, `try again in
    /// 5 minutes`, `try again at 2026-01-02T03:04:05Z`, `try again after Thu, 12 Dec 2024 …`,
    /// `X-RateLimit-Reset: 1767323045`.
    private static let delay =
        #"(?i)(?:retry[-_ ]after|(?:try|retry|retrying|trying)(?: again)? (?:in|at|after)"#
        + #"|(?:try|retry) again|ratelimit-reset|wait(?: for)?)["':= ]*"#
        + #"((?:[a-z]+, )?[.0-9].*|[a-z]{3} [a-z]{3} [ 0-9].*)"#
}
