import Console
import Glibc
import OperatingSystem
import ProcessRunner

/// A program that runs after the command and may take until a limit. Its output is held back: it is not
/// that of the command.
struct BoundedCommand {
    enum Result {
        /// With the last line of what it said, if any.
        case succeeded(String?)
        /// There is no such program.
        case isMissing
        case failed(String)
    }

    private let supervisor: Supervisor

    init(_ supervisor: Supervisor) {
        self.supervisor = supervisor
    }

    /// - Parameter input: What it reads on standard input.
    func run(_ command: Command, input: [UInt8] = [], until limit: Supervisor.Instant) -> Result {
        var streams = Streams()
        streams.input = .empty
        if !input.isEmpty {
            guard let file = temporaryFile(holding: input) else {
                return .failed("no room for its input: \(errorText(errno))")
            }
            streams.input = .file(file)
        }
        let said = OutputCapture(holding: 2, tail: nil)
        streams.output = said
        streams.error = said
        let completion: Completion
        do {
            completion = try supervisor.run(
                command, streams: streams, until: limit,
                termination: TerminationPolicy(signal: .kill, gracePeriod: .zero), isHook: true)
        } catch {
            return .failed("\(error)")
        }
        let lastLine = text(said.held).split(separator: "\n").last.map(String.init)
        switch completion {
        case .ended(.exited(0)): return .succeeded(lastLine)
        case .notStarted(let failure) where failure.errorNumber == ENOENT: return .isMissing
        case .timedOut: return .failed("no answer in time")
        default: return .failed(lastLine ?? "\(completion)")
        }
    }

    private func text(_ spool: Spool?) -> String {
        withUnsafeTemporaryAllocation(byteCount: 1000, alignment: 1) { buffer in
            guard let spool else { return "" }
            let count = spool.read(at: max(0, spool.count - buffer.count), into: buffer)
            return String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
