import POSIX
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
    /// Readable when the command has started, or could not.
    private(set) var socket: Int32

    /// Ends what is left of the command when we are killed; nil where no process was to be had.
    private(set) var guardian: Attendant?
    /// Tells signals for our group from those for us; nil where the command has a group of its own.
    private(set) var sentinel: Attendant?

    private let command: Command
    /// Nil where `Process` could not launch the stage.
    private let process: Process?
    /// Foundation's waiter sleeps for as long as this is open.
    private var foundationDescriptor: Int32 = -1
    /// What came with the last report.
    private var attached: [Int32] = []

    /// Starts the stage and hands it everything; returns when the stage is in its process group
    /// and waits for `proceed`.
    init(
        _ command: Command, descriptors: [InheritedDescriptors.Entry],
        closed: Int32, inOurGroup: Bool, entry: EntryState
    ) throws(ProcessError) {
        try Self.requireDescriptors()
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else {
            throw .resource("a socket pair", errorNumber: errno)
        }
        socket = pair[0]
        self.command = command
        do {
            (process, id) = try Self.launchStage(input: pair[1])
        } catch {
            close(pair[0])
            close(pair[1])
            throw error
        }
        close(pair[1])
        group = nil

        let refusal = send(
            command, descriptors: descriptors, closed: closed, inOurGroup: inOurGroup, entry)
        // The stage waits for what could not be sent.
        if refusal != 0, refusal != EPIPE {
            abandon()
            throw .descriptors(errorNumber: refusal)
        }
        let report = receiveReport()
        guard let report, report.step == StageReport.Step.joined.rawValue else {
            abandon()
            throw Self.error(report)
        }
        takeAttendants(report)
        group = inOurGroup ? nil : getpgid(id)
    }

    deinit {
        if socket >= 0 { close(socket) }
    }

    /// Lets the stage become the command.
    func proceed() {
        var go: UInt8 = 1
        _ = send_descriptors(socket, &go, 1, nil, 0)
    }

    /// Reads what `socket` has to say after `proceed`.
    func progress() -> Progress {
        let report = receiveReport()
        close(socket)
        socket = -1
        guard let report else { return .running }
        return .failed(
            ExecFailure(
                program: command.program, errorNumber: report.errorNumber,
                missingInterpreter: report.missingInterpreter != 0))
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
    func dismissAttendants() {
        sentinel?.end()
        guardian?.dismiss()
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

    private func receiveReport() -> StageReport? {
        var report = StageReport(step: 0)
        var descriptors: [Int32] = [-1, -1, -1]
        var count = descriptors.count
        let size = MemoryLayout<StageReport>.size
        let received = receive_descriptors(socket, &report, size, &descriptors, &count)
        attached = Array(descriptors.prefix(count))
        return received == size ? report : nil
    }

    private func takeAttendants(_ report: StageReport) {
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

// MARK: - Launch

extension ChildProcess {
    /// Foundation traps where it cannot have the descriptors that it needs.
    private static func requireDescriptors() throws(ProcessError) {
        var limit = rlimit()
        _ = getrlimit(openDescriptors, &limit)
        guard limit.rlim_cur < plentyOfDescriptors else { return }
        let probes = (0..<descriptorsToStart).map { _ in fcntl(2, F_DUPFD_CLOEXEC, 3) }
        for probe in probes where probe >= 0 { close(probe) }
        if probes.contains(where: { $0 < 0 }) { throw .tooFewDescriptors(limit: limit.rlim_cur) }
    }

    /// More than Foundation and a launch were seen to hold at once.
    private static let descriptorsToStart = 24
    private static let plentyOfDescriptors: rlim_t = 1024

    /// Starts the stage by `Process`, or by `fork` where that cannot do it: where there may be no thread,
    /// or a filter refuses the system call by which the C library makes processes.
    private static func launchStage(input: Int32) throws(ProcessError) -> (Process?, pid_t) {
        if let process = runProcess(input: input) { return (process, process.processIdentifier) }
        var arguments: [UnsafeMutablePointer<CChar>?] = [
            UnsafeMutablePointer(mutating: stageExecutable.cString),
            UnsafeMutablePointer(mutating: stageMarker.cString), nil,
        ]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        let id = executablePath.withCString { path in
            let id = fork()
            if id == 0 {
                dup2(input, 0)
                execve(path, &arguments, &environment)
                _exit(125)
            }
            return id
        }
        if id < 0 { throw .launch(reason: errorText(errno)) }
        return (nil, id)
    }

    private static func runProcess(input: Int32) -> Process? {
        guard canMakeThread() else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executablePath)
        process.arguments = ["\(stageMarker)"]
        process.environment = [:]
        // A URL without a path: where the stage is not sent to a folder, it is in ours, whether or not
        // that can be entered by its name.
        process.currentDirectoryURL = URL(string: "file:")
        process.standardInput = FileHandle(fileDescriptor: input, closeOnDealloc: false)
        let isStarted = withStandardErrorAside { (try? process.run()) != nil }
        return isStarted ? process : nil
    }

    /// Foundation waits for its thread without end where none can be made, so try one first.
    private static func canMakeThread() -> Bool {
        // By default it is as large as RLIMIT_STACK, which may be more than there is memory.
        set_thread_stack(1 << 20)
        var thread = pthread_t()
        guard pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { return false }
        pthread_join(thread, nil)
        return true
    }

    /// This executable. Under valgrind `/proc/self/exe` is valgrind's own to all but `readlink`.
    private static let executablePath: String = {
        let path = "\(stageExecutable)"
        let link = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) {
            buffer in
            guard let start = buffer.baseAddress else { return "" }
            start[max(0, readlink(path, start, buffer.count - 1))] = 0
            return String(cString: start)
        }
        guard let linked = fileIdentity(link), linked != fileIdentity(path) else { return path }
        return link
    }()

    private static func fileIdentity(_ path: String) -> [UInt64]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }

    /// Foundation complains on descriptor 2 where its wake-up sockets cannot be made (no loopback);
    /// that stream is the command's.
    private static func withStandardErrorAside<Value>(_ body: () -> Value) -> Value {
        // That drops the locks of a log that it is.
        var status = stat()
        if fstat(2, &status) == 0, status.st_mode & S_IFMT == S_IFREG, holdsRecordLock(2) {
            return body()
        }
        let aside = fcntl(2, F_DUPFD_CLOEXEC, 3)
        let null = openNowhere()
        defer {
            if aside >= 0 { dup2(aside, 2) }
            close(aside)
            close(null)
        }
        if aside >= 0, null >= 0 { dup2(null, 2) }
        return body()
    }

    /// Sends the stage all that it needs; the error number of what was refused, else 0.
    private func send(
        _ command: Command, descriptors: [InheritedDescriptors.Entry],
        closed: Int32, inOurGroup: Bool, _ entry: EntryState
    ) -> Int32 {
        let environment = command.environment(for: id, insteadOf: getpid())
        var strings: [UInt8] = []
        for string in command.arguments + environment {
            strings += string
            strings.append(0)
        }
        var header = StageHeader()
        header.parent = getpid()
        header.group = inOurGroup ? getpgrp() : 0
        header.descriptorCount = Int32(descriptors.count)
        header.closedStandardDescriptors = closed
        header.argumentCount = Int32(command.arguments.count)
        header.environmentCount = Int32(environment.count)
        header.stringBytes = strings.count
        header.blocked = entry.blocked.bits
        header.ignored = entry.ignored.bits
        header.descriptorLimit = entry.descriptorLimit
        if !withUnsafeBytes(of: &header, sendAll) { return errno }
        let perMessage = Int(descriptors_per_message)
        for start in stride(from: 0, to: descriptors.count, by: perMessage) {
            let chunk = descriptors[start..<min(start + perMessage, descriptors.count)]
            let held = chunk.map(\.held)
            let bytes = chunk.count * MemoryLayout<Int32>.size
            if send_descriptors(socket, chunk.map(\.target), bytes, held, held.count) < 0 {
                return errno
            }
        }
        return strings.withUnsafeBytes(sendAll) ? 0 : errno
    }

    private func sendAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let sent = send_descriptors(socket, rest.baseAddress, rest.count, nil, 0)
            if sent <= 0 { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
        return true
    }
}
