import CLinux
import Console
import Glibc
import POSIX
import RetryEngine
import Sigstore

/// Another program that is asked for something: its standard output.
struct CommandOutput {
    /// More than any answer has.
    private static let limit = 1 << 20

    let calls: SigningCalls<SystemClock>
    /// Ends every wait once there is something to read from it.
    let cancellation: Int32?

    /// Runs the program as often as the policy allows, until it has ended well.
    func read(_ command: [String], deadline: ContinuousClock.Instant) throws -> [UInt8] {
        let run = retry(policy: calls.policy, deadline: deadline, clock: calls.clock) { _ in
            let end = min(deadline, calls.clock.now.advanced(by: calls.attemptLimit))
            let result = Result { try once(command, until: end) }
            switch result {
            case .success: return (result, Verdict.succeeded)
            case .failure(let error): return (result, error is CommandFailure ? .retry() : .stop)
            }
        }
        guard let result = run.value else { throw CommandFailure("no time is left") }
        return try result.get()
    }

    private func once(_ command: [String], until end: ContinuousClock.Instant) throws -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard close_on_exec_pipe(&ends) == 0 else { throw InvalidValue(errorText(errno)) }
        defer { close(ends[0]) }
        let started = Program.start(command, output: ends[1], own: "CIRCLE")
        let number = errno
        close(ends[1])
        guard let process = started else { throw InvalidValue(errorText(number)) }
        let output = content(of: ends[0], until: end)
        if output == nil { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard let output else { throw CommandFailure("it did not answer in time") }
        guard status == 0 else { throw CommandFailure("it has failed") }
        return output
    }

    /// All that comes until the other end is closed; nil when it is too much, or too late.
    private func content(
        of descriptor: Int32, until end: ContinuousClock.Instant
    ) -> [UInt8]? {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while content.count <= Self.limit {
            guard firstReady(of: [cancellation ?? -1, descriptor], until: end) == 1 else {
                return nil
            }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0, errno != EINTR { return nil }
            content += buffer.prefix(max(count, 0))
        }
        return nil
    }
}
