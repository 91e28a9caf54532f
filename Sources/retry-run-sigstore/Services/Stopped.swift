import Console
import Glibc
import OperatingSystem

/// Why work has ended before it was done.
enum Stopped: Error, Equatable, CustomStringConvertible {
    case bySignal(Int32)
    /// The deadline that was given for all of the run.
    case byDeadline

    /// The signals that ask a run to end.
    static let signals: KeyValuePairs = [
        SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT",
    ]

    var description: String {
        switch self {
        case .bySignal(let number):
            "cancelled by SIG" + (Self.signals.first { $0.key == number }?.value ?? "\(number)")
        case .byDeadline: "the deadline is over"
        }
    }

    var exitCode: Int32 {
        switch self {
        case .bySignal(let number): 128 + number
        case .byDeadline: ExitCode.timedOut.rawValue
        }
    }
}

extension Reporter {
    /// Says something only if stderr takes it at once.
    ///
    /// - Parameter over: Whether a line may have been drawn there.
    static func sayWithoutWaiting(_ text: String, over isDrawn: Bool = false) {
        guard Readiness.writing(2).isThere else { return }
        var line = "\(isDrawn ? "\r\u{1B}[K" : "")retry-run: \(printable(text.utf8))\n"
        line.withUTF8 { _ = write(2, $0.baseAddress, min($0.count, 4096)) }
    }
}
