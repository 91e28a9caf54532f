import Glibc
import OperatingSystem
import ProcessRunner

/// The streams of the last attempt that are held back until it is known whether it was the final
/// one.
struct HeldStreams {
    var output: Spool?
    var error: Spool?

    /// Of an earlier attempt stdout goes to stderr, where it can be read and disturbs nobody, and
    /// stderr is dropped.
    mutating func emitAside(by supervisor: Supervisor, until limit: Supervisor.Instant?) {
        if let output { _ = supervisor.deliver(output, to: 2, until: limit) }
        self = HeldStreams()
    }

    /// The final attempt's streams reach ours, or it is said why not.
    mutating func emit(
        by supervisor: Supervisor, until limit: Supervisor.Instant?
    ) -> LostOutput? {
        defer { self = HeldStreams() }
        var lost: LostOutput?
        if let output {
            lost = supervisor.deliver(output, to: 1, until: limit).map {
                LostOutput(stream: "stdout", failure: $0)
            }
        }
        if let error, let failure = supervisor.deliver(error, to: 2, until: limit) {
            lost = lost ?? LostOutput(stream: "stderr", failure: failure)
        }
        return lost
    }
}

/// Output of the command that went through us and did not arrive.
struct LostOutput {
    let stream: String
    let failure: OutputFailure

    init(stream: String, failure: OutputFailure) {
        self.stream = stream
        self.failure = failure
    }

    /// Nil when everything has been passed on.
    init?(_ streams: Streams) {
        if let failure = streams.output?.failure {
            let isShared = streams.output === streams.error
            self.init(stream: isShared ? "output" : "stdout", failure: failure)
        } else if let failure = streams.error?.failure {
            self.init(stream: "stderr", failure: failure)
        } else {
            return nil
        }
    }
}

extension LostOutput: CustomStringConvertible {
    var description: String {
        switch failure {
        case .write(let number):
            "the command's \(stream) could not be written: \(errorText(number))"
        case .notTaken:
            "the command's \(stream) was not read before the run had to end"
        }
    }
}

/// Why a stream of the command that goes through us is not whole: then its success is none.
enum StreamFailure {
    case output(LostOutput)
    case input(InputFailure)

    init?(_ streams: Streams, input: StandardInputSpool?) {
        if let lost = LostOutput(streams) {
            self = .output(lost)
        } else if let failure = input?.failure {
            self = .input(failure)
        } else {
            return nil
        }
    }

    var rule: DecidingRule {
        switch self {
        case .output: .lostOutput
        case .input: .lostInput
        }
    }
}

extension StreamFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .output(let lost): "\(lost)"
        case .input(let failure): "\(failure)"
        }
    }
}

/// True when two descriptors write to the same file, so that the order of their bytes is visible.
func sameFile(_ first: Int32, _ second: Int32) -> Bool {
    var one = stat()
    var other = stat()
    return fstat(first, &one) == 0 && fstat(second, &other) == 0
        && one.st_dev == other.st_dev && one.st_ino == other.st_ino
}

/// Seconds since 1970, UTC.
func wallClock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
