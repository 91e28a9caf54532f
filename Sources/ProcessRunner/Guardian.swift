import CLinux
import Glibc

// The guardian leads the command's own group, or one of its own where the command is in ours, and does
// what we cannot do ourselves: it stops the command while we are stopped, and ends its whole tree when
// we have been killed.
//
// It is a fork of the exec stage: system calls and plain memory only, until it becomes a new process of
// this executable for the search through /proc.

/// The marker that makes a start of this executable the end of an orphaned tree.
let treeEndMarker: StaticString = "--end-tree"

/// How often the guardian looks whether we are stopped, in milliseconds: the kernel tells it to the
/// parent of a process alone.
private let interval: Int32 = 100

/// The life of a guardian. Descriptor 0 is the link to us.
func guardCommand(_ command: pid_t, _ mark: UnsafeMutablePointer<CChar>?) -> Never {
    ignoreSignals()
    // The lowest free number, 1, if it can be had at all.
    let text = malloc(128)?.assumingMemoryBound(to: CChar.self)
    let hasState = openParentState()
    var isCommandThere = true
    var isStopped = false
    while true {
        var link = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        if poll(&link, 1, hasState ? interval : -1) > 0 {
            var byte: UInt8 = 0
            if recv(0, &byte, 1, Int32(MSG_DONTWAIT)) <= 0 { break }
            isCommandThere = false
        }
        guard hasState, let text else { continue }
        let isStoppedNow = parentIsStopped(text)
        if isStoppedNow, !isStopped {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            _ = send(
                0, &now, MemoryLayout<timespec>.size, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        // Our parent resumes the command itself, but may have done so before it was stopped here.
        if isCommandThere, isStopped != isStoppedNow {
            _ = kill(command, isStoppedNow ? SIGSTOP : SIGCONT)
        }
        isStopped = isStoppedNow
    }
    if isCommandThere { endTree(command, mark) }
    _exit(0)
}

/// Signals for the command's group are not for us.
private func ignoreSignals() {
    var ignored = CLinux.kernel_sigaction()
    ignored.handler = ignoreHandler
    var number: Int32 = 1
    while number <= highestSignal {
        _ = kernel_sigaction(number, &ignored, nil)
        number += 1
    }
    var none: UInt = 0
    _ = kernel_sigprocmask(SIG_SETMASK, &none, nil)
}

/// Opens `/proc/PID/stat` of our parent, by the number that /proc gives it.
private func openParentState() -> Bool {
    let own: StaticString = "/proc/self/stat"
    let prefix: StaticString = "/proc/"
    let suffix: StaticString = "/stat"
    let digits: StaticString = "0123456789"
    let capacity = 1024
    guard let text = malloc(2 * capacity)?.assumingMemoryBound(to: CChar.self) else { return false }
    let file = open(own.cString, O_RDONLY | O_CLOEXEC)
    let length = read(file, text, capacity - 1)
    close(file)
    if length <= 0 { return false }
    text[length] = 0
    // "PID (NAME) STATE PARENT …"
    guard let name = strrchr(text, 41), strlen(name) > 4 else { return false }
    let number = name + 4
    let path = text + capacity
    strcpy(path, prefix.cString)
    strncat(path, number, strspn(number, digits.cString))
    strcat(path, suffix.cString)
    return open(path, O_RDONLY | O_CLOEXEC) == 1
}

private func parentIsStopped(_ text: UnsafeMutablePointer<CChar>) -> Bool {
    let length = pread(1, text, 127, 0)
    if length <= 0 { return false }
    text[length] = 0
    guard let name = strrchr(text, 41), strlen(name) > 2 else { return false }
    return name[2] == 84
}

/// Becomes the process that searches for everything below the command.
private func endTree(_ command: pid_t, _ mark: UnsafeMutablePointer<CChar>?) {
    let width = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let words = malloc(6 * width), let digits = malloc(12) else { return }
    let arguments = words.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    var digit = digits.assumingMemoryBound(to: CChar.self) + 11
    digit[0] = 0
    var rest = command
    while rest > 0 {
        digit -= 1
        digit[0] = CChar(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
    }
    arguments[0] = UnsafeMutablePointer(mutating: stageExecutable.cString)
    arguments[1] = UnsafeMutablePointer(mutating: treeEndMarker.cString)
    arguments[2] = digit
    arguments[3] = nil
    arguments[4] = mark
    arguments[5] = nil
    execve(stageExecutable.cString, arguments, arguments + 4)
    _ = kill(command, SIGKILL)
}
