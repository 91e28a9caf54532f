import Foundation
import Testing

@testable import retry_run_sigstore

@Suite("The documents' table of other tools' settings")
struct SettingsTableTests {
    private static let file: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/docs/settings.md"
    }()

    private func row(_ setting: ForeignSetting) -> String {
        let here =
            switch setting.treatment {
            case .honoured(let meaning): "Honoured: \(meaning)."
            case .without(let instead) where instead.hasPrefix("nothing"): "No effect\(instead.dropFirst(7))."
            case .without(let instead): "No effect; write \(instead)."
            case .refused(let refusal):
                "\(verbs(refusal.verbs)): 125, because it \(refusal.effect); write "
                    + "\(refusal.instead). Not beside \(refusal.unless.map { "`\($0)`" }.joined(separator: ", "))."
            }
        return "| `\(setting.name)` | \(setting.reader) | \(here) |"
    }

    private func verbs(_ verbs: ForeignSetting.Verbs) -> String {
        switch verbs {
        case .signing: "Signing"
        case .verifying: "Verifying"
        case .both: "Signing and verifying"
        }
    }

    private func row(_ flag: CosignFlag) -> String {
        let here =
            switch flag.treatment {
            case .taken: "As there."
            case .ignored(let reason): "No effect: \(reason)."
            case .part(let what): "Ignored with a warning beside `--bundle`, where \(what) is; 125 without."
            case .refused(let instead): "125: \(instead)."
            }
        let own = flag.decides == nil ? "passed over" : "125"
        return "| `--\(flag.name)` | `\(flag.variable)` | \(flag.verbs.sorted().joined(separator: ", ")) "
            + "| \(here) | \(own) |"
    }

    private var tables: [String] {
        [
            (["| Variable | Read by | Here |", "| --- | --- | --- |"]
                + ForeignSetting.all.map(row)).joined(separator: "\n"),
            ([
                "| Flag | Variable | Of cosign's | In these verbs here | Variable in `sign`, `attest`, `verify` |",
                "| --- | --- | --- | --- | --- |",
            ] + CosignFlag.all.map(row)).joined(separator: "\n"),
        ]
    }

    @Test("it says of every name what the code does")
    func compared() throws {
        let text = try String(contentsOf: URL(fileURLWithPath: Self.file), encoding: .utf8)
        let given = text.components(separatedBy: "\n\n").filter { $0.hasPrefix("| ") }
        let trimmed = given.map { $0.trimmingCharacters(in: .newlines) }
        #expect(trimmed == tables)
        // To be copied there.
        if trimmed != tables { print(tables.joined(separator: "\n\n")) }
    }
}
