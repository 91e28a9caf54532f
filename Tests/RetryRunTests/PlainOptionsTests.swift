import ArgumentParser
import Foundation
import Testing

@testable import retry_run

@Suite("Options that are read without the parser")
struct PlainOptionsTests {
    /// As `RunOptions` declares them.
    private struct Dump: Decodable {
        struct Command: Decodable {
            struct Argument: Decodable {
                struct Name: Decodable {
                    let kind: String
                    let name: String
                }
                let kind: String
                let isRepeating: Bool
                let names: [Name]?
            }
            let arguments: [Argument]
        }
        let command: Command
    }

    @Test("are those of the parser, with the same names and kinds")
    func table() throws {
        let dump = try JSONDecoder().decode(Dump.self, from: Data(RunOptions._dumpHelp().utf8))
        let declared: [String] = dump.command.arguments.compactMap { argument in
            guard let names = argument.names, !names.contains(where: { $0.name == "help" }) else {
                return nil
            }
            let dashes = names.sorted { $0.kind > $1.kind }
                .map { ($0.kind == "short" ? "-" : "--") + $0.name }
            let kind =
                argument.kind == "flag" ? "flag" : argument.isRepeating ? "list" : "value"
            return (dashes + [kind]).joined(separator: " ")
        }

        #expect(PlainOptions.descriptions.sorted() == declared.sorted())
    }

    @Test(
        "mean what the parser takes them for",
        arguments: [
            [], ["--", "true"], ["true", "-a", "9"], ["-a", "3", "true"],
            ["-a3", "--delay=1s,2s", "--", "x"],
            ["--attempts", "-3", "x"], ["--preset", "git", "--preset=http", "x"],
            ["--retry-if-output", "--", "--", "x"], ["-q", "-v", "x", "--", "y"],
            ["--retry-if-stdout=a=b", "x"], ["-R", "file", "-O", "-E", "-I", "x"],
            ["-t10", "-T", "1m", "-k5", "-s", "9", "x"],
            ["--seed", "7", "-j", "full", "-b", "linear", "x"],
            ["-a", "1", "--attempts", "2", "x"], ["--explain", "--give-up-code", "75", "x", "-q"],
            ["-d", "0", "--", "--", "x"], ["--success-if", "a b", "x"],
        ])
    func same(words: [String]) throws {
        let plain = try #require(PlainOptions.read(words))
        let parsed = try RunOptions.parse(words)

        #expect(described(plain) == described(parsed))
    }

    @Test(
        "all else is left to the parser",
        arguments: [
            ["--help"], ["-h"], ["-qv", "x"], ["-an", "x"], ["--no-such", "x"], ["-a"],
            ["--attempts"],
            ["--report=", "x"], ["--report", "", "x"], ["--quiet=yes", "x"], ["-q", "-q", "x"],
            ["-", "x"],
            ["--attempt", "3", "x"], ["-a=3", "x"], ["--experimental-dump-help"],
        ])
    func left(words: [String]) {
        #expect(PlainOptions.read(words) == nil)
    }

    private func described(_ options: RunOptions) -> String {
        var text = ""
        dump(options, to: &text)
        return text
    }
}
