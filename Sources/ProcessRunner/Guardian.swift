import CLinux
import Glibc

// The guardian leads the command's own group, or one of its own where the command is in ours, and does
// what we cannot do ourselves: it stops the command while we are stopped, resumes us when a command that
// we have followed into its stop goes on, and ends the whole tree when we have been killed.
//
// It is a fork of the exec stage: system calls and plain memory only, until it becomes a new process of
// this executable for the search through /proc.

/// The marker that makes a start of this executable the end of an orphaned tree.
let treeEndMarker: StaticString = "--end-tree"

/// How often the guardian looks whether we are stopped, in milliseconds: the kernel tells it to the
/// parent of a process alone.
private let interval: Int32 = 100

/// The life of a guardian. Descriptor 0 is the link to us.
///
/// Signals for the command's group are not for us: the exec stage has blocked all that can be blocked, and
/// so they stay here and in the program that we become. What has come is taken, since real-time signals
/// that wait count against a limit of their user.
func guardCommand(_ command: pid_t, _ mark: UnsafeMutablePointer<CChar>?) -> Never {
    guard let text = malloc(1024)?.assumingMemoryBound(to: CChar.self) else { _exit(0) }
    let parentState = openParentState(text)
    let commandState = openState(text, of: command)
    let parent = getppid()
    var isCommandThere = true
    var hasGoneOn = false
    var isStopped = false
    var hasStoppedCommand = false
    while true {
        var link = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        if poll(&link, 1, parentState >= 0 ? interval : -1) > 0 {
            var byte: UInt8 = 0
            if recv(0, &byte, 1, Int32(MSG_DONTWAIT)) <= 0 { break }
            isCommandThere = false
        }
        while take_pending_signal() != 0 {}
        if parentState < 0 { continue }
        let wasStopped = isStopped
        isStopped = state(parentState, text) == stoppedState
        if isStopped, !wasStopped {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            let size = MemoryLayout<timespec>.size
            _ = send(0, &now, size, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            if isCommandThere, state(commandState, text) != stoppedState {
                hasStoppedCommand = true
                _ = kill(command, SIGSTOP)
            }
        } else if isStopped, isCommandThere, !hasStoppedCommand {
            // Seen twice: what resumes a whole group may have reached the command first.
            let seenBefore = hasGoneOn
            hasGoneOn = isGoingOn(commandState, text)
            if seenBefore, hasGoneOn, parent > 0, getppid() == parent { _ = kill(parent, SIGCONT) }
        } else if !isStopped, wasStopped {
            // Our parent resumes the command, but may have done so before it was stopped here.
            if isCommandThere, hasStoppedCommand, state(commandState, text) == stoppedState {
                _ = kill(command, SIGCONT)
            }
            hasStoppedCommand = false
            hasGoneOn = false
        }
    }
    if isCommandThere { endTree(command, mark) }
    _exit(0)
}

/// `T`
private let stoppedState: CChar = 84
/// `t`: stopped by a debugger.
private let tracedState: CChar = 116

/// True for a process that is known not to be stopped: it runs, waits, or has ended.
private func isGoingOn(_ file: Int32, _ text: UnsafeMutablePointer<CChar>) -> Bool {
    let state = state(file, text)
    return state != 0 && state != stoppedState && state != tracedState
}

/// Opens `/proc/PID/stat` of our parent, by the number that /proc gives it.
private func openParentState(_ text: UnsafeMutablePointer<CChar>) -> Int32 {
    guard let name = ownState(text), strlen(name) > 4 else { return -1 }
    let number = name + 4
    let digits: StaticString = "0123456789"
    number[strspn(number, digits.cString)] = 0
    return openState(text + 512, number)
}

/// The same for the command; -1 where /proc counts otherwise than we do.
private func openState(_ text: UnsafeMutablePointer<CChar>, of process: pid_t) -> Int32 {
    if ownState(text) == nil || strtol(text, nil, 10) != Int(getpid()) { return -1 }
    return openState(text + 512, decimal(process, text + 16))
}

/// Reads what /proc says of us: "PID (NAME) STATE PARENT …"; the end of the name, nil without.
private func ownState(_ text: UnsafeMutablePointer<CChar>) -> UnsafeMutablePointer<CChar>? {
    let own: StaticString = "/proc/self/stat"
    let file = open(own.cString, O_RDONLY | O_CLOEXEC)
    let length = read(file, text, 511)
    close(file)
    if length <= 0 { return nil }
    text[length] = 0
    return strrchr(text, 41)
}

private func openState(
    _ path: UnsafeMutablePointer<CChar>, _ number: UnsafeMutablePointer<CChar>
) -> Int32 {
    let prefix: StaticString = "/proc/"
    let suffix: StaticString = "/stat"
    strcpy(path, prefix.cString)
    strcat(path, number)
    strcat(path, suffix.cString)
    return open(path, O_RDONLY | O_CLOEXEC)
}

/// The letter of a process's state; 0 when it is not known.
private func state(_ file: Int32, _ text: UnsafeMutablePointer<CChar>) -> CChar {
    let length = pread(file, text, 127, 0)
    if length <= 0 { return 0 }
    text[length] = 0
    guard let name = strrchr(text, 41), strlen(name) > 2 else { return 0 }
    return name[2]
}

/// The digits of a number, at the end of the 12 bytes at `space`.
private func decimal(
    _ number: pid_t, _ space: UnsafeMutablePointer<CChar>
) -> UnsafeMutablePointer<CChar> {
    var digit = space + 11
    digit[0] = 0
    var rest = number
    while rest > 0 {
        digit -= 1
        digit[0] = CChar(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
    }
    return digit
}

/// Becomes the process that searches for everything below the command.
private func endTree(_ command: pid_t, _ mark: UnsafeMutablePointer<CChar>?) {
    let width = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let words = malloc(6 * width), let digits = malloc(12) else { return }
    let arguments = words.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    arguments[0] = UnsafeMutablePointer(mutating: stageExecutable.cString)
    arguments[1] = UnsafeMutablePointer(mutating: treeEndMarker.cString)
    arguments[2] = decimal(command, digits.assumingMemoryBound(to: CChar.self))
    arguments[3] = nil
    arguments[4] = mark
    arguments[5] = nil
    execve(stageExecutable.cString, arguments, arguments + 4)
    _ = kill(command, SIGKILL)
}
