import Glibc
package import OperatingSystem

extension Supervisor {
    /// The command alone decides from here on when others see the end of its streams.
    func releaseDescriptors(_ plan: StreamPlan) {
        inherited.release(keeping: keptDescriptors)
        let nowhere = openNowhere()
        if plan.input == nil, !holdsRecordLock(0) { dup2(nowhere, 0) }
        if plan.outputs.isEmpty, !keptDescriptors.contains(1), !holdsRecordLock(1) {
            dup2(nowhere, 1)
        }
        close(nowhere)
    }

    /// Keeps what is needed after the last attempt.
    /// - Parameters:
    ///   - hooks: There are some to run, and they have all descriptors that the command has.
    ///   - paths: Outputs that may be our own descriptors (`/dev/stdout`, `/dev/fd/3`).
    package func keepDescriptors(forHooks hooks: Bool, paths: [String]) {
        if hooks { keptDescriptors.formUnion(inherited.entries.map(\.target)) }
        for path in paths { keepDescriptor(of: path) }
    }

    private func keepDescriptor(of path: String) {
        var output = stat()
        if let named = Self.number(namedBy: path) { keptDescriptors.insert(named) }
        guard stat(path, &output) == 0 else { return }
        for entry in inherited.entries + [.init(target: 1, held: 1)] {
            var status = stat()
            if fstat(entry.held, &status) == 0, status.st_ino == output.st_ino,
                status.st_dev == output.st_dev
            {
                keptDescriptors.insert(entry.target)
            }
        }
    }

    /// The descriptor that a path such as `/dev/stdout` or `/dev/fd/3` names, by the number that it has
    /// now; nil for any other path.
    /// - Throws: `EBADF` where we were not given it.
    package func descriptor(namedBy path: String) throws(FileError) -> Int32? {
        guard let number = Self.number(namedBy: path) else { return nil }
        if number <= 2, !entry.hadClosed(number) { return number }
        guard let held = inherited.held(for: number) else { throw FileError(path, EBADF) }
        return held
    }

    private static func number(namedBy path: String) -> Int32? {
        if path == "/dev/stdout" { return 1 }
        if path == "/dev/stderr" { return 2 }
        for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
            return Int32(path.dropFirst(folder.count)).flatMap { $0 < 0 ? nil : $0 }
        }
        return nil
    }
}

/// True when standard input is an output (`0>log`), or one as well (`<>log >&0`): to wind it back would
/// overwrite what has been written.
func isOutputToo(_ inherited: [Int32]) -> Bool {
    let mode = fcntl(0, F_GETFL) & O_ACCMODE
    guard mode == O_RDWR else { return mode == O_WRONLY }
    var input = stat()
    guard fstat(0, &input) == 0 else { return false }
    return ([1, 2] + inherited).contains { descriptor in
        var output = stat()
        return fstat(descriptor, &output) == 0 && output.st_ino == input.st_ino
            && output.st_dev == input.st_dev
            && fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY
    }
}
