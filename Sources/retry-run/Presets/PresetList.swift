import Console

/// `retry-run presets [NAME]`: which presets there are, or every rule of one with the message that it was
/// made from.
struct PresetList {
    let text: String

    private static let word = Array("presets".utf8)

    /// Nil when the first word is another one.
    init?(_ words: [[UInt8]]) throws {
        guard words.first == Self.word else { return nil }
        if words.count > 2 {
            throw UsageError(
                "'presets': expected at most one name; write 'retry-run -- presets' to wrap a program of "
                    + "that name")
        }
        guard words.count == 2 else {
            text = try Preset.words.map { try Self.line(Preset(named: $0)) }.joined(separator: "\n")
            return
        }
        let name = String(decoding: words[1], as: UTF8.self)
        if name == "-h" || name == "--help" {
            text = """
                Lists the presets, or all rules of one with the messages that they were made from.

                USAGE: retry-run presets [NAME]
                """
            return
        }
        guard let preset = try OptionValue.read("presets", name, Preset.init(named:)) else {
            return nil
        }
        text = Self.table(preset)
    }

    private static func line(_ preset: Preset) -> String {
        let blanks = String(repeating: " ", count: max(1, 10 - preset.name.count))
        return preset.name + blanks + preset.tools
    }

    private static func table(_ preset: Preset) -> String {
        let head =
            "\(preset.name): \(preset.tools)\n\nA permanent rule beats a transient one; what meets none "
            + "is not retried.\n"
        return preset.rules.reduce(head) { text, rule in
            text + """

                \(rule.kind.rawValue) \(rule.name)
                    pattern: \(rule.pattern)
                    message: \(rule.message)
                    source:  \(rule.source)

                """
        }
    }
}
