import ArgumentParser
import Console
import Glibc
import OperatingSystem
import ProcessRunner
import Reports

/// The wrapper. `main` is synchronous and ends in `_exit`: an `async` one would unwind its thread,
/// which costs 15 ms in a static executable.
@main
enum RetryRun {
    static func main() {
        switch start() {
        case .code(let code): endProcess(code: code)
        case .signal(let signal): endProcess(bySignal: signal.rawValue)
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
                // A simulation takes its time, and nobody reads signals meanwhile.
                restoreEntrySignalMask()
                let fleet = try settings.fleet.map { try FleetText($0, settings: settings) }
                if let path = settings.plot { try fleet?.draw(into: path) }
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
        supervisor.keepDescriptors(
            forHooks: settings.onGiveUp != nil, paths: settings.reports.map(\.path))
        let messages = supervisor.messages
        let reporter = Reporter(
            isQuiet: settings.isQuiet,
            isTerminal: terminal != nil && Reporter.canDraw,
            write: { messages.say($0) }, draw: { _ = messages.draw($0) })
        let command = Command(
            arguments: arguments, environment: Command.strings(of: EntryState.environment))

        DryRun(settings).warn(reporter)
        let sender = TraceSender()
        let record = RunCommand(
            settings, command: command, supervisor: supervisor, reporter: reporter,
            trace: sender?.trace
        ).run()
        RunPublisher(
            record: record, settings: settings, sender: sender,
            environment: command.environment, supervisor: supervisor, reporter: reporter
        ).publish()
        supervisor.finishMessages()
        return record.exit
    }

    /// Standard output is ours only where nothing is run.
    private static func say(_ text: String) -> RunExit {
        restoreEntrySignalMask()
        // What fills the place of a closed one takes everything.
        if EntryState.current.hadClosed(1) {
            return fail("cannot write to stdout: \(errorText(EBADF))")
        }
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
