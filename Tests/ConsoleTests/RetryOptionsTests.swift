import ArgumentParser
import Console
import RetryEngine
import Testing

@Suite("Options of attempts and pauses")
struct RetryOptionsTests {
    private enum Texts: RetryOptionTexts {
        static let attempts = "attempts"
        static let delay = "delay"
        static let backoffNames = NameSpecification.joined("b", "backoff")
        static let timeout = "timeout"
        static let deadline = "deadline"
    }

    private typealias Options = RetryOptions<Texts>

    @Test("a first pause that is longer than the longest is refused with both options named")
    func delayAboveMaximum() throws {
        let options = try Options.parse(["-d", "2m", "-b", "exponential", "-m", "1m"])

        let error = #expect(throws: UsageError.self) {
            try options.policy(from: RetryPolicy())
        }
        #expect(error.map { "\($0)" }?.hasPrefix("--delay, --max-delay: ") == true)
    }

    @Test("without any the policy is the default one")
    func none() throws {
        #expect(try Options.none.policy(from: .command) == .command)
        #expect(try Options.parse([]).policy(from: .command) == .command)
    }

    @Test("a number of attempts and no limit on them exclude each other")
    func contradiction() throws {
        let options = try Options.parse(["--attempts", "3", "--forever"])

        #expect(throws: UsageError.self) { try options.refuseContradictions() }
    }

    @Test("a limit of 0 is given and is none; one that is not given is unknown")
    func limits() throws {
        let options = try Options.parse(["-t", "0", "-T", "1m"])

        #expect(try options.readTimeout() == .some(nil))
        #expect(try options.readDeadline() == .some(.seconds(60)))
        #expect(try options.readMaximumDelay() == nil)
    }

    @Test("read without the parser, each option is what the parser makes of it")
    func plain() throws {
        for option in Options.plainOptions {
            var plain = Options.none
            var words = ["--\(option.names[0])"]
            switch option.kind {
            case .flag(let set): set(&plain, true)
            case .value(let set):
                set(&plain, "7")
                words.append("7")
            case .list: Issue.record("no option of this kind is repeated")
            }
            #expect(try described(plain) == described(Options.parse(words)))
        }
    }

    private func described(_ options: Options) -> String {
        var text = ""
        dump(options, to: &text)
        return text
    }
}
