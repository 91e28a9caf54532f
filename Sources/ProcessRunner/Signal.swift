import Glibc

/// A signal number of this system, printed by its name.
package struct Signal: Hashable, Sendable {
    package let rawValue: Int32

    package init(_ rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Signal 0: `kill` looks whether the process is there, and sends nothing.
    package static let none = Signal(0)
    package static let hangUp = Signal(SIGHUP)
    package static let interrupt = Signal(SIGINT)
    package static let quit = Signal(SIGQUIT)
    package static let kill = Signal(SIGKILL)
    package static let brokenPipe = Signal(SIGPIPE)
    package static let fileSize = Signal(SIGXFSZ)
    package static let terminate = Signal(SIGTERM)
    package static let child = Signal(SIGCHLD)
    package static let resume = Signal(SIGCONT)
    package static let stop = Signal(SIGSTOP)
    package static let terminalStop = Signal(SIGTSTP)
    package static let backgroundRead = Signal(SIGTTIN)
    package static let backgroundWrite = Signal(SIGTTOU)

    /// The signals that ask a run to end: after one of them there is no further attempt.
    package static let stopRequests: Set<Signal> = [.interrupt, .terminate, .hangUp, .quit]
    /// The signals of timers and of the limit on CPU time, which outlive an exec.
    static let timers: Set<Signal> = [
        Signal(SIGALRM), Signal(SIGVTALRM), Signal(SIGPROF), Signal(SIGXCPU),
    ]
    /// The signals that stop a process unless it handles them.
    static let stops: Set<Signal> = [.terminalStop, .backgroundRead, .backgroundWrite]

    private static let names: [Int32: String] = [
        SIGHUP: "HUP", SIGINT: "INT", SIGQUIT: "QUIT", SIGILL: "ILL", SIGTRAP: "TRAP",
        SIGABRT: "ABRT", SIGBUS: "BUS", SIGFPE: "FPE", SIGKILL: "KILL", SIGUSR1: "USR1",
        SIGSEGV: "SEGV", SIGUSR2: "USR2", SIGPIPE: "PIPE", SIGALRM: "ALRM", SIGTERM: "TERM",
        16: "STKFLT", SIGCHLD: "CHLD", SIGCONT: "CONT", SIGSTOP: "STOP", SIGTSTP: "TSTP",
        SIGTTIN: "TTIN", SIGTTOU: "TTOU", SIGURG: "URG", SIGXCPU: "XCPU", SIGXFSZ: "XFSZ",
        SIGVTALRM: "VTALRM", SIGPROF: "PROF", SIGWINCH: "WINCH", SIGIO: "IO", 30: "PWR",
        SIGSYS: "SYS",
    ]

    /// The names without `SIG`, by their numbers; those of real-time signals are left out.
    package static var words: [String] {
        (1..<firstRealTime).compactMap { names[$0] }
    }

    private static let firstRealTime: Int32 = 34
    private static let lastRealTime: Int32 = 64

    /// The signal of that name (`TERM`, `SIGTERM`, `RTMIN+1`, `RTMAX-1`, in any case) or number (1 to
    /// 64).
    package init?(named text: String) {
        var name = text.uppercased()
        if name.hasPrefix("SIG") { name.removeFirst(3) }
        if let number = Int32(name) {
            guard (1...Self.lastRealTime).contains(number) else { return nil }
            self.init(number)
        } else if let known = Self.names.first(where: { $0.value == name }) {
            self.init(known.key)
        } else if let offset = Self.distance(name, from: "RTMIN", sign: "+") {
            self.init(Self.firstRealTime + offset)
        } else if let offset = Self.distance(name, from: "RTMAX", sign: "-") {
            self.init(Self.lastRealTime - offset)
        } else {
            return nil
        }
    }
}

extension Signal {
    /// How far a real-time signal is from one of the ends: 2 in `RTMIN+2`.
    fileprivate static func distance(_ name: String, from end: String, sign: Character) -> Int32? {
        guard name.hasPrefix(end) else { return nil }
        let rest = name.dropFirst(end.count)
        if rest.isEmpty { return 0 }
        let digits = rest.dropFirst()
        guard rest.first == sign, digits.first?.isNumber == true, let offset = Int32(digits),
            (0...(lastRealTime - firstRealTime)).contains(offset)
        else { return nil }
        return offset
    }
}

extension Signal: CustomStringConvertible {
    /// `SIGTERM`; `SIGRTMIN+2`; a number where the system has no name.
    package var description: String {
        if let name = Self.names[rawValue] { return "SIG" + name }
        let offset = rawValue - Self.firstRealTime
        return offset >= 0 ? (offset == 0 ? "SIGRTMIN" : "SIGRTMIN+\(offset)") : "\(rawValue)"
    }
}

/// A set of signals as the kernel keeps it: bit n − 1 is signal n.
package struct SignalSet: Equatable, Sendable {
    package var bits: UInt64

    package init(bits: UInt64 = 0) {
        self.bits = bits
    }

    package init(_ signals: some Sequence<Signal>) {
        bits = signals.reduce(0) { $0 | 1 << UInt64($1.rawValue - 1) }
    }

    package func contains(_ signal: Signal) -> Bool {
        bits & 1 << UInt64(signal.rawValue - 1) != 0
    }

    package func subtracting(_ other: SignalSet) -> SignalSet {
        SignalSet(bits: bits & ~other.bits)
    }
}
