import CLinux
import Glibc

// The child's side of a launch. `Process` starts this executable as an exec stage; the stage sets
// up everything that `Process` cannot, then becomes the command, with the same process id.
//
// All of it runs from `.preinit_array`, before the Swift runtime and every library: system calls
// and plain memory only, no arrays, no strings, no classes.

typealias StringVector = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@section(".preinit_array") @used
private let entry:
    @convention(c) (
        Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> Void = enterProcess

@c private func enterProcess(
    count: Int32, arguments: StringVector, environment: StringVector
) {
    if count == 2, let mode = arguments[1], strcmp(mode, stageMarker.cString) == 0, isSocket(0) {
        runExecStage()
    }
    // The Swift runtime of a static executable aborts without it, so this cannot wait for `main`.
    if access(stageExecutable.cString, X_OK) != 0 {
        _ = write(2, noProcMessage.utf8Start, noProcMessage.utf8CodeUnitCount)
        _exit(125)
    }
    recordEntry(arguments, environment)
}

private let noProcMessage: StaticString =
    "retry-run: error: /proc is not mounted or not ours; retry-run needs it to start a command\n"

private func runExecStage() -> Never {
    var mask = UInt.max
    _ = kernel_sigprocmask(SIG_SETMASK, &mask, nil)
    raiseDescriptorLimit()

    var foundation = foundationDescriptor()
    var socket = fcntl(0, F_DUPFD_CLOEXEC, 3)
    if socket < 0 { _exit(125) }

    var header = StageHeader()
    if !receive(socket, &header, MemoryLayout<StageHeader>.size) { _exit(125) }
    _ = process_control(PR_SET_PDEATHSIG, UInt(SIGKILL))
    // A parent that was gone before the line above cannot signal its death any more.
    if getppid() != header.parent { _exit(125) }

    place(header, &socket, &foundation)

    let strings = allocate(header.stringBytes)
    if !receive(socket, strings, header.stringBytes) { fail(socket, .receive, ENOMEM) }
    var next = strings.assumingMemoryBound(to: CChar.self)
    let arguments = vector(Int(header.argumentCount), &next)
    let environment = vector(Int(header.environmentCount), &next)

    let guardian = startGuardian(of: getpid(), mark: runMark(environment))
    if !joinGroup(header.group, guardian) { fail(socket, .group, errno) }
    let sentinel = header.group != 0 ? startSentinel() : AttendantEnd()
    reportJoined(socket, foundation, guardian, sentinel)

    // Until now a Ctrl-C may have reached the parent alone; it forwards what it got, then says go.
    var go: UInt8 = 0
    if !receive(socket, &go, 1) { _exit(125) }

    restoreSignals(header)
    if setrlimit(openDescriptors, &header.descriptorLimit) < 0 { fail(socket, .descriptors, errno) }
    mask = UInt(header.blocked)
    _ = kernel_sigprocmask(SIG_SETMASK, &mask, nil)

    // The guardian does more, but only while the command is there.
    if guardian.id > 0 { _ = process_control(PR_SET_PDEATHSIG, 0) }
    let missing = execute(arguments, environment)
    fail(socket, .exec, errno, missingInterpreter: missing)
}

private func reportJoined(
    _ socket: Int32, _ foundation: Int32, _ guardian: AttendantEnd, _ sentinel: AttendantEnd
) {
    let attached = allocate(3 * MemoryLayout<Int32>.size).assumingMemoryBound(to: Int32.self)
    var count = 0
    attach(foundation, attached, &count)
    attach(guardian.link, attached, &count)
    attach(sentinel.link, attached, &count)
    var joined = StageReport(step: StageReport.Step.joined.rawValue)
    joined.hasFoundationDescriptor = foundation < 0 ? 0 : 1
    joined.guardian = guardian.id
    joined.sentinel = sentinel.id
    _ = send_descriptors(socket, &joined, MemoryLayout<StageReport>.size, attached, count)
    while count > 0 {
        count -= 1
        close(attached[count])
    }
}

private func attach(
    _ descriptor: Int32, _ attached: UnsafeMutablePointer<Int32>, _ count: inout Int
) {
    if descriptor < 0 { return }
    attached[count] = descriptor
    count += 1
}

private func fail(
    _ socket: Int32, _ step: StageReport.Step, _ error: Int32, missingInterpreter: Bool = false
) -> Never {
    var report = StageReport(
        step: step.rawValue, errorNumber: error, missingInterpreter: missingInterpreter ? 1 : 0)
    _ = send(socket, &report, MemoryLayout<StageReport>.size, Int32(MSG_NOSIGNAL))
    _exit(125)
}

/// Lets descriptors move freely; the command gets its own limit back before exec.
func raiseDescriptorLimit() {
    var limit = rlimit()
    _ = getrlimit(openDescriptors, &limit)
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(openDescriptors, &limit)
}

/// `Process` learns of the child's end by the end of file on a socket that the child holds. It is
/// the only socket above 2 here; once the parent holds it too, Foundation's waiter stays asleep
/// and cannot reap the child before its status has been read.
private func foundationDescriptor() -> Int32 {
    var descriptor: Int32 = 3
    while descriptor < 1024 {
        if isSocket(descriptor) { return descriptor }
        descriptor += 1
    }
    return -1
}

private func isSocket(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
}

private func receive(_ socket: Int32, _ into: UnsafeMutableRawPointer, _ length: Int) -> Bool {
    var done = 0
    while done < length {
        let count = recv(socket, into + done, length - done, 0)
        if count == 0 || (count < 0 && errno != EINTR) { return false }
        if count > 0 { done += count }
    }
    return true
}

/// Memory that exec frees.
private func allocate(_ length: Int) -> UnsafeMutableRawPointer {
    guard let memory = malloc(max(length, 1)) else { _exit(125) }
    return memory
}

/// Receives the command's descriptors and puts each at its number.
///
/// Whatever is at that number gives way to the lowest free one, so that as many descriptors fit as the
/// limit allows.
private func place(_ header: StageHeader, _ socket: inout Int32, _ foundation: inout Int32) {
    let count = Int(header.descriptorCount)
    let width = MemoryLayout<Int32>.size
    let targets = allocate(count * width).assumingMemoryBound(to: Int32.self)
    let held = allocate(count * width).assumingMemoryBound(to: Int32.self)

    var done = 0
    while done < count {
        var arrived = min(count - done, Int(descriptors_per_message))
        let expected = arrived
        let bytes = receive_descriptors(
            socket, targets + done, expected * width, held + done, &arrived)
        if bytes < 0 { fail(socket, .descriptors, errno) }
        if bytes != expected * width || arrived != expected { fail(socket, .receive, EPROTO) }
        done += expected
    }

    var index = 0
    while index < count {
        let target = targets[index]
        if held[index] == target {
            _ = fcntl(target, F_SETFD, 0)
        } else {
            if socket == target { giveWay(&socket, socket) }
            if foundation == target { giveWay(&foundation, socket) }
            var later = index + 1
            while later < count {
                if held[later] == target { giveWay(&held[later], socket) }
                later += 1
            }
            if dup2(held[index], target) < 0 { fail(socket, .descriptors, errno) }
            close(held[index])
        }
        index += 1
    }
    var standard: Int32 = 0
    while standard < 3 {
        if header.closedStandardDescriptors & 1 << standard != 0 { close(standard) }
        standard += 1
    }
}

private func giveWay(_ descriptor: inout Int32, _ socket: Int32) {
    let free = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    if free < 0 { fail(socket, .descriptors, errno) }
    close(descriptor)
    descriptor = free
}

private func vector(_ count: Int, _ next: inout UnsafeMutablePointer<CChar>) -> StringVector {
    let width = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    let strings = allocate((count + 1) * width)
        .assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    var index = 0
    while index < count {
        strings[index] = next
        next += strlen(next) + 1
        index += 1
    }
    strings[count] = nil
    return strings
}

/// Joins `group`, or that of the guardian.
///
/// A command that led its own group could not call `setsid`, and `setsid(1)` would fork and return
/// before its command has run; it does so only where no further process can be had.
private func joinGroup(_ group: Int32, _ guardian: AttendantEnd) -> Bool {
    setpgid(0, group != 0 ? group : max(guardian.id, 0)) == 0
}

/// The entry of the environment by which the command's descendants are known.
private func runMark(_ environment: StringVector) -> UnsafeMutablePointer<CChar>? {
    let prefix: StaticString = "RETRY_RUN_ID="
    var index = 0
    while let entry = environment[index] {
        if strncmp(entry, prefix.cString, prefix.utf8CodeUnitCount) == 0 { return entry }
        index += 1
    }
    return nil
}

/// Ignores again what was ignored at our entry. `Process` has set every other signal to its default, and a
/// fork has left it there, but for the two that the C library keeps to itself.
private func restoreSignals(_ header: StageHeader) {
    let toTheLibrary: UInt64 = 1 << 31 | 1 << 32
    var rest = header.ignored | toTheLibrary
    while rest != 0 {
        let number = Int32(rest.trailingZeroBitCount) + 1
        var action = CLinux.kernel_sigaction()
        action.handler = header.ignored & 1 << UInt64(number - 1) != 0 ? ignoreHandler : 0
        _ = kernel_sigaction(number, &action, nil)
        rest &= rest - 1
    }
}
