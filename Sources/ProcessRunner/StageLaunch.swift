import CLinux
import Foundation
import Glibc
import OperatingSystem

/// How the exec stage is started: by `Process`, or by `fork` where that cannot do it.
enum StageLaunch {
    /// Starts the stage, whose standard input is `input`: its end of the socket.
    ///
    /// - Returns: Foundation's process, nil where it could not start one, and the stage's process id.
    ///   Foundation cannot start one where there may be no thread, or where a filter refuses the system
    ///   call by which the C library makes processes.
    static func start(input: Int32) throws(ProcessError) -> (Process?, pid_t) {
        try requireDescriptors()
        if let process = startByFoundation(input) { return (process, process.processIdentifier) }
        return (nil, try startByFork(input))
    }

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

    // MARK: - By Foundation

    private static func startByFoundation(_ input: Int32) -> Process? {
        guard canMakeThread() else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executablePath)
        process.arguments = ["\(stageMarker)"]
        process.environment = [:]
        // A URL without a path: where the stage is not sent to a folder, it is in ours, whether or not
        // that can be entered by its name.
        process.currentDirectoryURL = URL(string: "file:")
        // A standard input of its own would cost a tenth of the start: Foundation keeps it in a
        // dictionary, whose type the runtime has to put together first.
        let isStarted =
            whileReplacing(0, by: input) { run(process) }
            ?? {
                process.standardInput = FileHandle(fileDescriptor: input, closeOnDealloc: false)
                return run(process)
            }()
        return isStarted ? process : nil
    }

    /// Foundation complains on descriptor 2 where its wake-up sockets cannot be made (no loopback);
    /// that stream is the command's.
    private static func run(_ process: Process) -> Bool {
        let nowhere = openNowhere()
        defer { close(nowhere) }
        let start = { (try? process.run()) != nil }
        return whileReplacing(2, by: nowhere, start) ?? start()
    }

    /// Does something while the descriptor `number` is `other`.
    ///
    /// - Returns: Nil, with nothing done, where it cannot be replaced, or where that would drop the
    ///   record locks of a file that it is.
    private static func whileReplacing<Value>(
        _ number: Int32, by other: Int32, _ body: () -> Value
    ) -> Value? {
        var status = stat()
        if other < 0 || fstat(number, &status) != 0 { return nil }
        if status.st_mode & S_IFMT == S_IFREG, holdsRecordLock(number) { return nil }
        let aside = fcntl(number, F_DUPFD_CLOEXEC, 3)
        if aside < 0 { return nil }
        defer {
            dup2(aside, number)
            close(aside)
        }
        return dup2(other, number) < 0 ? nil : body()
    }

    /// Foundation waits for its thread without end where none can be made, so try one first.
    private static func canMakeThread() -> Bool {
        // By default it is as large as RLIMIT_STACK, which may be more than there is memory.
        set_thread_stack(1 << 20)
        share_heap()
        var thread = pthread_t()
        guard pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { return false }
        pthread_join(thread, nil)
        return true
    }

    // MARK: - By fork

    private static func startByFork(_ input: Int32) throws(ProcessError) -> pid_t {
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
        return id
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
        guard let linked = FileIdentity(link), linked != FileIdentity(path) else { return path }
        return link
    }()
}
