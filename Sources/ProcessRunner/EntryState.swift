import CLinux
package import Glibc

/// The process as it was at entry, before any runtime or library could change it.
///
/// `recordEntry` fills it from `.preinit_array`, so that the command gets the signal state, the
/// closed descriptors and the limit that it would have had without us.
package struct EntryState: Sendable {
    /// Signals that were blocked.
    package let blocked: SignalSet
    /// Signals that were ignored.
    package let ignored: SignalSet
    /// Bit n is set when descriptor n (0 to 2) was closed; `/dev/null` fills the hole.
    package let closedStandardDescriptors: Int32
    /// The limit on open descriptors.
    package let descriptorLimit: rlimit

    package static var current: EntryState {
        EntryState(
            blocked: SignalSet(bits: UInt64(entryBlocked)),
            ignored: SignalSet(bits: entryIgnored),
            closedStandardDescriptors: entryClosed,
            descriptorLimit: entryLimit)
    }

    /// `argv` as the kernel made it; the standard library would read it from `/proc`.
    package static var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        entryArguments ?? CommandLine.unsafeArgv
    }

    /// The environment as it was handed to this process.
    package static var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        entryEnvironment
    }

    package func hadClosed(_ descriptor: Int32) -> Bool {
        closedStandardDescriptors & 1 << descriptor != 0
    }
}

// Written once before any thread exists, then only read.
nonisolated(unsafe) private var entryArguments: StringVector?
nonisolated(unsafe) private var entryEnvironment: StringVector?
nonisolated(unsafe) private var entryBlocked: UInt = 0
nonisolated(unsafe) private var entryIgnored: UInt64 = 0
nonisolated(unsafe) private var entryClosed: Int32 = 0
nonisolated(unsafe) private var entryLimit = rlimit()

/// Puts the signal mask back to what it was at entry, where no command is run after all.
package func restoreEntrySignalMask() {
    _ = kernel_sigprocmask(SIG_SETMASK, &entryBlocked, nil)
}

/// The signals that `SignalStream` reads, but SIGCHLD, as the kernel's bits: all but those that cannot
/// be blocked, those of faults, and the two that the C library keeps to itself.
let handledSignals: UInt64 =
    ~(1 << UInt64(SIGKILL - 1) | 1 << UInt64(SIGSTOP - 1) | 1 << UInt64(SIGCHLD - 1)
    | 1 << UInt64(SIGILL - 1) | 1 << UInt64(SIGTRAP - 1) | 1 << UInt64(SIGBUS - 1)
    | 1 << UInt64(SIGFPE - 1) | 1 << UInt64(SIGSEGV - 1) | 1 << UInt64(SIGSYS - 1)
    | 1 << 31 | 1 << 32)

let highestSignal: Int32 = 64
let ignoreHandler: UInt = 1
let openDescriptors = __rlimit_resource_t(7)

/// Runs before the Swift runtime is up: system calls on values of fixed size, nothing else.
func recordEntry(_ arguments: StringVector, _ environment: StringVector) {
    entryArguments = arguments
    entryEnvironment = hidingRuntimeVariables(environment)
    // Blocked this early, a signal of the first milliseconds waits for `SignalStream`; the Swift
    // runtime would answer SIGQUIT with a backtrace.
    // A reader that has gone and a limit on sizes are errors of a write, not the end of us.
    var handled = UInt(handledSignals) | 1 << UInt(SIGPIPE - 1) | 1 << UInt(SIGXFSZ - 1)
    _ = kernel_sigprocmask(SIG_BLOCK, &handled, &entryBlocked)

    var number: Int32 = 1
    while number <= highestSignal {
        var action = CLinux.kernel_sigaction()
        if kernel_sigaction(number, nil, &action) == 0, action.handler == ignoreHandler {
            entryIgnored |= 1 << UInt64(number - 1)
        }
        number += 1
    }

    let null: StaticString = "/dev/null"
    let root: StaticString = "/"
    var descriptor: Int32 = 0
    while descriptor < 3 {
        if fcntl(descriptor, F_GETFD) < 0 {
            entryClosed |= 1 << descriptor
            // The lowest free number is this one.
            if open(null.cString, O_RDWR) < 0 { _ = open(root.cString, pathOnly) }
        }
        descriptor += 1
    }

    _ = getrlimit(openDescriptors, &entryLimit)
}

/// Variables such as `SWIFT_BACKTRACE` are meant for the command, if it is a Swift program too; our own
/// runtime would act on them, and say so on standard error. Returns the environment with them.
private func hidingRuntimeVariables(_ environment: StringVector) -> StringVector {
    let prefix: StaticString = "SWIFT_"
    var count = 0
    var kept = 0
    while let entry = environment[count] {
        if strncmp(entry, prefix.cString, prefix.utf8CodeUnitCount) != 0 { kept += 1 }
        count += 1
    }
    if kept == count { return environment }
    let size = (count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let memory = malloc(size) else { return environment }
    memcpy(memory, environment, size)
    let whole = memory.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    kept = 0
    var index = 0
    while let entry = whole[index] {
        if strncmp(entry, prefix.cString, prefix.utf8CodeUnitCount) != 0 {
            environment[kept] = entry
            kept += 1
        }
        index += 1
    }
    environment[kept] = nil
    return whole
}
