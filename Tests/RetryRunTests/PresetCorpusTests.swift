import Foundation
import ProcessRunner
import RetryEngine
import Testing

@testable import retry_run

/// A message that a tool has printed, from `PresetMessages/messages.tsv`.
struct SeenMessage: Sendable, CustomTestStringConvertible {
    let preset: String
    let isTransient: Bool
    let source: String
    let text: String

    var testDescription: String { "\(preset): \(text.prefix(60))" }

    static let all: [SeenMessage] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("PresetMessages/messages.tsv")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.filter { !$0.hasPrefix("#") }.compactMap { line in
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 4 else { return nil }
            let text = fields[3].replacingOccurrences(of: "\\n", with: "\n")
                .replacingOccurrences(of: "\\t", with: "\t")
            return SeenMessage(
                preset: fields[0], isTransient: fields[1] == "transient", source: fields[2],
                text: text)
        }
    }()

    /// A message's verdict by some presets.
    static func judgement(of text: String, by presets: [Preset]) -> Judgement {
        var judge = Judge()
        judge.presets = PresetSelection(presets)
        return judge.judge(
            .ended(.exited(1)), tails: .init(output: nil, error: OutputTail(text)),
            stopRequest: nil)
    }
}

@Suite("Presets and what tools have printed")
struct PresetCorpusTests {
    @Test("there are at least 120 messages, of both kinds for each preset")
    func size() {
        #expect(SeenMessage.all.count >= 120)
        for preset in Preset.words {
            let kinds = SeenMessage.all.filter { $0.preset == preset }.map(\.isTransient)
            #expect(Set(kinds) == [true, false], "\(preset)")
        }
    }

    @Test("its preset retries what is transient, and nothing else", arguments: SeenMessage.all)
    func verdict(_ message: SeenMessage) throws {
        let judgement = SeenMessage.judgement(
            of: message.text, by: [try Preset(named: message.preset)])

        #expect(judgement.verdict.isRetry == message.isTransient, "\(judgement.rule)")
    }

    @Test("and so do all presets together", arguments: SeenMessage.all)
    func together(_ message: SeenMessage) throws {
        // Its rules end the run for any 401 and 403, which for others is a limit.
        let all = Preset.words.filter { $0 != "sigstore" || message.preset == $0 }
        let judgement = SeenMessage.judgement(
            of: message.text, by: try all.map(Preset.init(named:)))

        #expect(judgement.verdict.isRetry == message.isTransient, "\(judgement.rule)")
    }

    @Test("a carriage return at the end of lines and colours change nothing")
    func terminalOutput() throws {
        for message in SeenMessage.all {
            let text = message.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map {
                    "\u{1B}[1;31m" + $0.replacingOccurrences(of: " ", with: " \u{1B}[0m") + "\r"
                }
                .joined(separator: "\n")
            let judgement = SeenMessage.judgement(
                of: text, by: [try Preset(named: message.preset)])

            #expect(judgement.verdict.isRetry == message.isTransient, "\(message.text)")
        }
    }

    @Test("each rule knows the message that it was made from", arguments: Preset.words)
    func rules(_ name: String) throws {
        for rule in try Preset(named: name).rules {
            let alone = Preset(name: name, tools: "", rules: [rule])
            let rules = SeenMessage.judgement(of: rule.message, by: [alone]).rule
            let expected = DecidingRule.presetRule(
                preset: name, rule: rule.name, kind: rule.kind)

            #expect(rules == expected)
        }
    }

    @Test("each rule has a source, and a name of its own", arguments: Preset.words)
    func sources(_ name: String) throws {
        let rules = try Preset(named: name).rules

        #expect(rules.allSatisfy { $0.source.hasPrefix("https://") })
        #expect(Set(rules.map { "\($0.kind) \($0.name)" }).count == rules.count)
    }

    @Test("where one preset says stop and another retry, the run ends, in either order")
    func disagreement() throws {
        let message = "HTTP 403: API rate limit exceeded for 203.0.113.7."
        let names = ["github", "sigstore"]
        for order in [names, names.reversed()] {
            let judgement = SeenMessage.judgement(
                of: message, by: try order.map(Preset.init(named:)))

            #expect(judgement.verdict == .stop)
        }
        let alone = SeenMessage.judgement(of: message, by: [try Preset(named: "github")])
        #expect(alone.verdict.isRetry)
    }

    @Test("of two presets that know a message, the one named first is said to have decided")
    func firstNamed() throws {
        for order in [["git", "http"], ["http", "git"]] {
            let judgement = SeenMessage.judgement(
                of: "read: connection reset by peer", by: try order.map(Preset.init(named:)))

            #expect(
                judgement.rule
                    == .presetRule(preset: order[0], rule: "connection-lost", kind: .transient))
        }
    }
}

extension Verdict {
    fileprivate var isRetry: Bool {
        if case .retry = self { true } else { false }
    }
}
