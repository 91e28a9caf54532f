import ProcessRunner
import Testing

@testable import retry_run

@Suite("Telling the rule that decided")
struct DecidingRuleTests {
    @Test("two rules are never told in the same words")
    func distinct() {
        let rules: [DecidingRule] = [
            .exitCodeZero, .pattern(option: "--stop-if-output", source: "x"),
            .pattern(option: "--stop-if-output", source: "y"),
            .pattern(option: "--stop-if-stdout", source: "x"),
            .presetRule(preset: "git", rule: "a", kind: .transient),
            .presetRule(preset: "git", rule: "a", kind: .permanent),
            .presetRule(preset: "git", rule: "b", kind: .transient),
            .presetRule(preset: "http", rule: "a", kind: .transient), .list(option: "--stop-on"),
            .list(option: "--retry-on"), .stopRequest(.terminate), .stopRequest(.interrupt),
            .endOfTheRun, .timeLimit, .anyFailure, .noRule, .outOfTime, .successCommand,
            .lostOutput, .inputNotKept, .inputNotRead,
        ]

        #expect(Set(rules.map(\.description)).count == rules.count)
    }

    @Test("a pattern that looks like a secret is not quoted, and its option is")
    func secret() {
        let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
        let text = DecidingRule.pattern(option: "--stop-if-output", source: token).description

        #expect(text.hasPrefix("--stop-if-output "))
        #expect(!text.contains("ghp_"))
    }
}
