import Glibc
import OperatingSystem

/// How a process ended: it exited with a code, or a signal killed it.
package enum ExitStatus: Equatable, Sendable {
    case exited(Int32)
    case signalled(Signal)

    package var isSignalled: Bool {
        if case .signalled = self { true } else { false }
    }
}

extension ExitStatus: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exited(let code): "exit status \(code)"
        case .signalled(let signal): "killed by \(signal)"
        }
    }
}

/// How one run of a command ended.
package enum Completion: Equatable, Sendable {
    /// The command ran to its end.
    case ended(ExitStatus)
    /// The time limit came first; the status is what the kill left, nil when the process could
    /// not be killed.
    case timedOut(ExitStatus?)
    /// The command never ran.
    case notStarted(ExecFailure)
}

extension Completion: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ended(let status): "\(status)"
        case .timedOut: "timed out"
        case .notStarted(let failure): "\(failure)"
        }
    }
}

/// Why `exec` refused a command, by the error number it gave.
package struct ExecFailure: Error, Equatable, Sendable {
    package let program: String
    package let errorNumber: Int32
    /// The file is there, so what is missing is the interpreter that it names.
    package let missingInterpreter: Bool

    package init(program: String, errorNumber: Int32, missingInterpreter: Bool = false) {
        self.program = program
        self.errorNumber = errorNumber
        self.missingInterpreter = missingInterpreter
    }

    /// 127 when the command was not found, 126 when it cannot be executed: the shell's codes.
    package var exitCode: Int32 { errorNumber == ENOENT ? 127 : 126 }
}

extension ExecFailure: CustomStringConvertible {
    package var description: String {
        if missingInterpreter { return "cannot execute '\(program)': its interpreter is missing" }
        return errorNumber == ENOENT
            ? "command not found: '\(program)'"
            : "cannot execute '\(program)': \(errorText(errorNumber))"
    }
}
