import Glibc
import OperatingSystem

/// Why a command could not be started, or data not be kept for it.
package enum ProcessError: Error, Equatable {
    /// The open descriptors cannot be listed.
    case descriptorList(errorNumber: Int32)
    /// The exec stage could not be started.
    case launch(reason: String)
    /// The exec stage ended before it became the command.
    case stageEnded
    /// The exec stage could not put the inherited descriptors at their numbers.
    case descriptors(errorNumber: Int32)
    /// An inherited descriptor has a number that the limit on open files does not allow any more.
    case descriptorAboveLimit(Int32, limit: UInt)
    /// The limit on open files leaves no room to start a command.
    case tooFewDescriptors(limit: UInt)
    /// The exec stage could not enter its process group.
    case processGroup(errorNumber: Int32)
    /// A system resource (a pipe, a socket pair) could not be made.
    case resource(String, errorNumber: Int32)
    /// Held output or recorded input could not be kept.
    case spool(errorNumber: Int32)
}

extension ProcessError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .descriptorList(let number):
            "cannot list the open descriptors in /proc/self/fd: \(errorText(number))"
        case .launch(let reason):
            "cannot start a process: \(reason); see the limits on processes and memory (ulimit -a)"
        case .stageEnded:
            "the process that was to become the command ended early"
        case .descriptors(let number):
            "cannot hand on an open descriptor: \(errorText(number)); "
                + "raise the limit on open files (ulimit -n)"
        case .descriptorAboveLimit(let number, let limit):
            "descriptor \(number) is open, but the limit on open files is \(limit); "
                + "raise the limit (ulimit -n) or close the descriptor"
        case .tooFewDescriptors(let limit):
            "the limit of \(limit) open files leaves no room to start a command; "
                + "raise it (ulimit -n)"
        case .processGroup(let number):
            "cannot make a process group: \(errorText(number)); "
                + "raise the limit on processes (ulimit -u)"
        case .resource(let name, let number):
            "cannot make \(name): \(errorText(number))"
        case .spool(let number):
            "cannot keep data in a temporary file: \(errorText(number)); "
                + "set TMPDIR to a folder with more room"
        }
    }
}
