import Glibc

// `execvp` on an environment that is not our own, and with an answer to why it failed.
// Runs in the exec stage: no arrays, no strings.

/// Becomes the command. Returns only on failure, with the reason in `errno`; true when a file was
/// there but the interpreter that it names was not.
///
/// Source: POSIX.1-2024, `exec`: a name with a slash is a path, any other is looked for along
/// `PATH`; a file that is no known format is a shell script.
func execute(_ arguments: StringVector, _ environment: StringVector) -> Bool {
    guard let name = arguments[0], name[0] != 0 else {
        errno = ENOENT
        return false
    }
    if strchr(name, 47) != nil {
        return executeFile(name, arguments, environment)
    }

    let defaultPath: StaticString = "/bin:/usr/bin"
    var directory = searchPath(environment) ?? defaultPath.cString
    let separator: StaticString = ":"
    let length = strlen(name)
    guard let memory = malloc(strlen(directory) + length + 2) else { return false }
    let candidate = memory.assumingMemoryBound(to: CChar.self)
    var failure = ENOENT
    var missingInterpreter = false

    while true {
        let end = directory + strcspn(directory, separator.cString)
        let size = end - directory
        memcpy(candidate, directory, size)
        // An empty element is the current directory.
        candidate[size] = 47
        memcpy(candidate + size + (size > 0 ? 1 : 0), name, length + 1)

        missingInterpreter = executeFile(candidate, arguments, environment) || missingInterpreter
        switch errno {
        case ENOENT, ENOTDIR, ESTALE, ENODEV, ETIMEDOUT, ENAMETOOLONG: break
        case EACCES: failure = EACCES
        default: return false
        }
        if end[0] == 0 { break }
        directory = end + 1
    }
    errno = failure
    return missingInterpreter && failure == ENOENT
}

private func executeFile(
    _ file: UnsafeMutablePointer<CChar>, _ arguments: StringVector, _ environment: StringVector
) -> Bool {
    execve(file, arguments, environment)
    if errno == ENOEXEC { executeScript(file, arguments, environment) }
    let failure = errno
    let missing = failure == ENOENT && access(file, F_OK) == 0
    errno = failure
    return missing
}

/// A script without `#!` is run by the shell, as every shell and `execvp` do; a program for another
/// machine, or what else holds NUL bytes in its first line, is none.
private func executeScript(
    _ file: UnsafeMutablePointer<CChar>, _ arguments: StringVector, _ environment: StringVector
) {
    if !mayBeText(file) {
        errno = ENOEXEC
        return
    }
    var count = 0
    while arguments[count] != nil { count += 1 }
    let width = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let memory = malloc((count + 2) * width) else { return }
    let script = memory.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    let shell: StaticString = "/bin/sh"
    script[0] = UnsafeMutablePointer(mutating: shell.cString)
    script[1] = file
    memcpy(script + 2, arguments + 1, count * width)
    execve(shell.cString, script, environment)
    if errno == ENOENT { errno = ENOEXEC }
}

/// Source: POSIX.1-2024, XCU 2.9.1.4: a file whose first line holds a NUL byte need not be a script.
private func mayBeText(_ file: UnsafePointer<CChar>) -> Bool {
    let capacity = 256
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    // It may be readable to the shell as little as to us; that is for the shell to say.
    guard descriptor >= 0, let bytes = malloc(capacity) else { return true }
    let count = max(0, read(descriptor, bytes, capacity))
    close(descriptor)
    guard let end = memchr(bytes, 10, count) else { return memchr(bytes, 0, count) == nil }
    return memchr(bytes, 0, end - bytes) == nil
}

private func searchPath(_ environment: StringVector) -> UnsafePointer<CChar>? {
    let prefix: StaticString = "PATH="
    var index = 0
    while let entry = environment[index] {
        if strncmp(entry, prefix.cString, prefix.utf8CodeUnitCount) == 0 {
            return UnsafePointer(entry + prefix.utf8CodeUnitCount)
        }
        index += 1
    }
    return nil
}
