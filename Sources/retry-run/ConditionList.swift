import Console
import ProcessRunner

/// Ways for an attempt to fail, as `--retry-on` and `--stop-on` list them:
/// exit codes and ranges (`1,5-9`), signals (`SEGV`), the words `timeout` and `spawn`.
struct ConditionList: Equatable {
    /// Exit codes from one to another. `ClosedRange` would have the runtime look through all conformances of
    /// the file at every start.
    struct Codes: Equatable {
        let first: Int32
        let last: Int32
    }

    private(set) var codes: [Codes] = []
    private(set) var signals = SignalSet()
    /// Attempts cut by a time limit.
    private(set) var timeout = false
    /// Commands that could not be executed.
    private(set) var spawn = false

    /// 126 and 127: a command that is missing stays missing.
    static let notExecutable = ConditionList(codes: [Codes(first: 126, last: 127)])

    init(codes: [Codes]) {
        self.codes = codes
    }

    init(text: String) throws {
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch item {
            case "timeout": timeout = true
            case "spawn": spawn = true
            default:
                if let range = Self.range(item) {
                    codes.append(range)
                } else if Int32(item) == nil, let signal = Signal(named: String(item)) {
                    signals = SignalSet(bits: signals.bits | SignalSet([signal]).bits)
                } else {
                    throw InvalidValue(
                        "\(quoted(String(item))) is not an exit code (0-255), range (5-9), signal (SEGV), "
                            + "nor 'timeout' or 'spawn'")
                }
            }
        }
    }

    private static func range(_ text: Substring) -> Codes? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int32($0) }
        guard let first = ends.first, let low = first, let last = ends.last, let high = last,
            ends.count <= 2, (0...255).contains(low), low...255 ~= high
        else { return nil }
        return Codes(first: low, last: high)
    }

    func matches(_ completion: Completion) -> Bool {
        switch completion {
        case .ended(.exited(let code)): matches(code: code)
        case .ended(.signalled(let signal)): signals.contains(signal)
        case .timedOut: timeout
        case .notStarted(let failure): spawn || matches(code: failure.exitCode)
        }
    }

    private func matches(code: Int32) -> Bool {
        codes.contains { $0.first <= code && code <= $0.last }
    }
}
