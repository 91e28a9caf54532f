import Console

/// What the environment holds for other tools of Sigstore: honoured, or the end of the run, never passed
/// over where it would have changed which instance, key or identity is used.
struct ForeignSettings {
    /// The words of the verb, with cosign's variables as flags before its own, which win.
    private(set) var words: [String]
    /// cosign's variables that are among the words.
    private(set) var taken: [(variable: String, flag: String)] = []

    /// - Throws: `UsageError` that names the variable and what to write instead, and no value.
    init(_ words: [String], environment: (String) -> String?) throws {
        self.words = words
        let asked = words.prefix { $0 != "--" }
        guard let verb = words.first, SigningVerb(rawValue: verb) != nil,
            !asked.contains(where: { ["-h", "--help", "--version"].contains($0) })
        else { return }
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        func isGiven(_ option: String) -> Bool {
            asked.contains { $0 == option || $0.hasPrefix("\(option)=") }
        }
        for setting in ForeignSetting.all {
            guard case .refused(let refusal) = setting.treatment, refusal.verbs.contains(verb),
                let text = value(setting.name), !refusal.unless.contains(where: isGiven)
            else { continue }
            if refusal.isBoolean, !Self.isYes(text) { continue }
            throw UsageError(
                "\(setting.name) is set, which for \(setting.reader) \(refusal.effect); here, write "
                    + "\(refusal.instead), or unset it")
        }
        for flag in CosignFlag.all where value(flag.variable) != nil {
            guard let text = value(flag.variable), !isGiven("--\(flag.name)"),
                !isGiven("--no-\(flag.name)")
            else { continue }
            if flag.verbs.contains(verb) {
                try take(flag, text)
            } else if Self.concerns(flag, verb), let decision = flag.decides,
                !Self.settled(decision, flag).contains(where: isGiven)
            {
                throw UsageError(
                    "\(flag.variable) is set, which is --\(flag.name) of cosign's verbs; here, "
                        + "\(Self.instead(flag, verb)), or unset it")
            }
        }
    }

    private mutating func take(_ flag: CosignFlag, _ text: String) throws {
        if flag.isBoolean { _ = try CosignWords.boolean(flag.variable, text) }
        if case .refused(let instead) = flag.treatment {
            if flag.isBoolean, try !CosignWords.boolean(flag.variable, text) { return }
            throw UsageError("\(flag.variable) is set: \(instead)")
        }
        words.insert("--\(flag.name)=\(text)", at: 1)
        taken.append((flag.variable, "--\(flag.name)"))
    }

    /// Whether it is a flag of the cosign verb that a verb of ours takes the place of.
    private static func concerns(_ flag: CosignFlag, _ verb: String) -> Bool {
        let counterparts = SigningVerb(rawValue: verb)?.counterparts ?? []
        return !flag.verbs.isDisjoint(with: counterparts.map(\.rawValue))
    }

    /// The options that leave nothing for the flag to decide.
    private static func settled(
        _ decision: CosignFlag.Decision, _ flag: CosignFlag
    ) -> [String] {
        switch decision {
        case .instance: ForeignSetting.trustOptions + ["--signing-config"]
        case .signer: ["--key", "--identity-token"]
        case .identity: ["--key", "--\(flag.name)-regexp"]
        }
    }

    private static func instead(_ flag: CosignFlag, _ verb: String) -> String {
        let ofCosign: Set = ["fulcio-url", "rekor-url", "timestamp-server-url"]
        switch flag.treatment {
        case .refused(let instead): return instead
        case .taken where ofCosign.contains(flag.name):
            return
                "write \(verb)-blob, which takes it, or name the instance with --trust-config FILE"
        case .taken, .ignored, .part: return "write --\(flag.name)"
        }
    }

    /// As sigstore-python reads it.
    private static func isYes(_ text: String) -> Bool {
        ["y", "yes", "true", "t", "on", "1"].contains(text.lowercased())
    }
}
