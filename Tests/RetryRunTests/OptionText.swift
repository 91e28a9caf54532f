import ArgumentParser
import Console

@testable import ProcessRunner
@testable import retry_run

extension RunSettings {
    /// The settings of a command line without a command, and of `RETRY_RUN_OPTS`, as a shell writes them.
    init(_ commandLine: String, variable: String? = nil) throws {
        let words = try optionWords(commandLine, of: "the command line")
        let others = try variable.map { try optionWords($0, of: Invocation.variable) }
        let options = try RunOptions.parse((others ?? []) + words)
        try self.init(
            options, commandLine: try RunOptions.parse(words),
            variable: try others.map { try RunOptions.parse($0) })
        try setFleet(options)
    }
}

extension OutputTail {
    convenience init(_ text: String) {
        self.init()
        Array(text.utf8).withUnsafeBytes(append)
    }
}
