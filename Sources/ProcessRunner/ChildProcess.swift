import CLinux
import Foundation
import Glibc

/// One start of a command: `Process` launches the exec stage, the stage becomes the command.
final class ChildProcess {
    /// How far the start has come.
    enum Progress: Equatable {
        case pending
        case running
        case failed(ExecFailure)
    }

    /// The process id of the stage, then of the command.
    let id: pid_t
    /// The command's own process group, nil when it is in ours.
    private(set) var group: pid_t?
    private var connection: StageConnection?

    /// Ends what is left of the command when we are killed; nil where no process was to be had.
    private(set) var guardian: Attendant?
    /// Tells signals for our group from those for us; nil where the command has a group of its own.
    private(set) var sentinel: Attendant?

    private let command: Command
    /// Nil where `Process` could not launch the stage.
    private let process: Process?
    /// Foundation's waiter sleeps for as long as this is open.
    private var foundationDescriptor: Int32 = -1

    /// Starts the stage and hands it everything; returns when the stage is in its process group
    /// and waits for `proceed`.
    init(
        _ command: Command, descriptors: [InheritedDescriptors.Entry],
        closed: Int32, inOurGroup: Bool, entry: EntryState
    ) throws(ProcessError) {
        let (connection, stageEnd) = try StageConnection.make()
        do {
            (process, id) = try StageLaunch.start(input: stageEnd)
        } catch {
            close(connection.socket)
            close(stageEnd)
            throw error
        }
        // Else its end would never be seen.
        close(stageEnd)
        self.connection = connection
        self.command = command
        group = nil

        let refusal = connection.send(
            command, to: id, descriptors: descriptors, closed: closed, inOurGroup: inOurGroup,
            entry)
        // The stage waits for what could not be sent.
        if refusal != 0, refusal != EPIPE {
            abandon()
            throw .descriptors(errorNumber: refusal)
        }
        let joined = connection.receiveReport()
        guard let joined, joined.report.step == StageReport.Step.joined.rawValue else {
            abandon()
            throw Self.error(joined?.report)
        }
        keep(joined.attached, of: joined.report)
        group = inOurGroup ? nil : getpgid(id)
    }

    deinit { closeConnection() }

    /// Readable when the command has started, or could not; negative once that is known.
    var socket: Int32 { connection?.socket ?? -1 }

    /// Lets the stage become the command.
    func proceed() { connection?.proceed() }

    /// Reads what `socket` has to say after `proceed`.
    func progress() -> Progress {
        let failure = connection?.receiveReport()?.report
        closeConnection()
        guard let failure else { return .running }
        return .failed(
            ExecFailure(
                program: command.program, errorNumber: failure.errorNumber,
                missingInterpreter: failure.missingInterpreter != 0))
    }

    /// The status of the command once it has ended, nil before. Reaps the process.
    ///
    /// It is read before Foundation is let go, so nobody can reap the process in between.
    func reap() -> ExitStatus? {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG) == 0, siginfo_pid(&info) == id
        else { return nil }
        releaseFoundation()
        let status = siginfo_status(&info)
        return siginfo_code(&info) == Int32(CLD_EXITED)
            ? .exited(status) : .signalled(Signal(status))
    }

    /// The signal that stopped the command since the last call, if one did.
    func newlyStopped() -> Signal? {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(id), &info, WSTOPPED | WNOHANG) == 0, siginfo_pid(&info) == id
        else { return nil }
        return Signal(siginfo_status(&info))
    }

    /// Gives back what Foundation keeps of the process; false while its waiter has not caught up.
    ///
    /// Only `waitUntilExit` breaks the cycle between a `Process` and its run loop source. It polls
    /// for a process that is running and returns at once for one that is not.
    func release() -> Bool {
        guard let process else { return true }
        if process.isRunning { return false }
        process.waitUntilExit()
        return true
    }

    /// The command has ended: its sentinel goes, its guardian has nothing to end any more.
    ///
    /// - Parameter isLast: No pause follows, most likely, in which a guardian would tell of a stop: it goes
    ///   at once, while we have other things to do.
    func dismissAttendants(isLast: Bool = false) {
        sentinel?.end()
        guardian?.dismiss()
        if isLast { guardian?.beginEnd() }
    }

    /// Takes note that the process with that id has been reaped.
    func noteEnd(of process: pid_t) {
        for attendant in [guardian, sentinel] where attendant?.id == process {
            attendant?.noteEnd()
        }
    }

    private func abandon() {
        dismissAttendants()
        guardian?.end()
        _ = kill(id, SIGKILL)
        var info = siginfo_t()
        while waitid(P_PID, id_t(id), &info, WEXITED) < 0, errno == EINTR {}
        releaseFoundation()
    }

    private func releaseFoundation() {
        if foundationDescriptor >= 0 { close(foundationDescriptor) }
        foundationDescriptor = -1
    }

    private static func error(_ report: StageReport?) -> ProcessError {
        switch report.flatMap({ StageReport.Step(rawValue: $0.step) }) {
        case .descriptors: .descriptors(errorNumber: report?.errorNumber ?? 0)
        case .group: .processGroup(errorNumber: report?.errorNumber ?? 0)
        default: .stageEnded
        }
    }

    private func closeConnection() {
        if let connection { close(connection.socket) }
        connection = nil
    }

    /// Keeps the descriptors that came with the report that the stage has joined its group.
    private func keep(_ attached: [Int32], of report: StageReport) {
        var attached = attached
        if report.hasFoundationDescriptor != 0, !attached.isEmpty {
            foundationDescriptor = attached.removeFirst()
        }
        if report.guardian > 0, !attached.isEmpty {
            guardian = Attendant(id: report.guardian, link: attached.removeFirst())
        }
        if report.sentinel > 0, !attached.isEmpty {
            sentinel = Attendant(id: report.sentinel, link: attached.removeFirst())
        }
    }
}
