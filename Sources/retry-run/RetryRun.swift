import POSIX
import ArgumentParser
import Console
import Glibc
import ProcessRunner

/// The wrapper. `main` is synchronous and ends in `_exit`: an `async` one would unwind its thread,
/// which costs 15 ms in a static executable.
@main
enum RetryRun {
    static func main() {
        switch start() {
        case .code(let code): endProcess(code: code)
        case .signal(let signal): endProcess(by: signal)
        }
    }

    private static func start() -> RunExit {
        let arguments = EntryState.arguments
        if let tree = OrphanedTree(arguments) {
            tree.end()
            return .code(0)
        }
        if let missing = Companion.enter(arguments) { return fail(missing) }
        do {
            switch try Invocation.read(Command.strings(of: arguments)) {
            case .message(let text):
                return say(text)
            case .run(let settings, _) where settings.isDryRun:
                let fleet = try settings.fleet.map { try FleetText($0, settings: settings) }
                return say(fleet?.text ?? DryRun(settings).text)
            case .run(let settings, let arguments):
                return try run(settings, arguments)
            }
        } catch {
            return fail("\(error)")
        }
    }

    private static func run(_ settings: RunSettings, _ arguments: [[UInt8]]) throws -> RunExit {
        let entry = EntryState.current
        let inherited = try InheritedDescriptors()
        let signals = try SignalStream(entry: entry)
        let terminal = Terminal()
        let supervisor = Supervisor(
            entry: entry, signals: signals, inherited: inherited, terminal: terminal,
            adoptsOrphans: settings.adoptsOrphans)
        defer { supervisor.finish() }
        supervisor.keepDescriptors(forHooks: settings.onGiveUp != nil, path: settings.report)
        let messages = supervisor.messages
        let reporter = Reporter(
            isQuiet: settings.isQuiet,
            isTerminal: terminal != nil && Reporter.canDraw,
            write: { messages.say($0) }, draw: { _ = messages.draw($0) })
        let command = Command(
            arguments: arguments, environment: Command.strings(of: EntryState.environment))

        DryRun(settings).warn(reporter)
        let record = RunCommand(
            settings, command: command, supervisor: supervisor, reporter: reporter
        ).run()
        conclude(record, settings, reporter, supervisor)
        supervisor.finishMessages()
        return record.exit
    }

    private static func conclude(
        _ record: RunRecord, _ settings: RunSettings, _ reporter: Reporter,
        _ supervisor: Supervisor
    ) {
        if settings.annotation.isWanted, record.wasRetried {
            GitHubAnnotation(record).write(reporter, by: supervisor)
        }
        guard let file = settings.report else { return }
        do {
            try Report(record, settings: settings).write(to: file, by: supervisor)
        } catch {
            reporter.warn("the report was not written: \(error)")
        }
    }

    /// Standard output is ours only where nothing is run.
    private static func say(_ text: String) -> RunExit {
        restoreEntrySignalMask()
        var text = text.hasSuffix("\n") ? text : text + "\n"
        let isWritten = text.withUTF8 { writeAll(1, UnsafeRawBufferPointer($0)) }
        return isWritten ? .code(0) : fail("cannot write to stdout: \(errorText(errno))")
    }

    private static func fail(_ text: String) -> RunExit {
        let messages = MessageQueue()
        Reporter(write: { messages.say($0) }).fail(text)
        messages.finish()
        return .ownFailure
    }
}
