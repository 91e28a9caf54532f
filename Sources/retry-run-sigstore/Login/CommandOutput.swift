import Console
import OpenIDConnect
import OperatingSystem
import RetryEngine
import Sigstore

/// Another program that is asked for something: its standard output.
struct CommandOutput {
    let calls: SigningCalls<SystemClock>
    /// Ends every wait once there is something to read from it.
    let cancellation: Int32?

    /// Runs the program as often as the policy allows, until it has ended well.
    func read(_ command: [String], deadline: ContinuousClock.Instant?) throws -> [UInt8] {
        let run = retry(policy: calls.policy, deadline: deadline, clock: calls.clock) { _ in
            let limit = calls.attemptLimit.map { calls.clock.now.advanced(by: $0) }
            let end = [deadline, limit].compactMap { $0 }.min()
            let result = Result { try once(command, until: end) }
            switch result {
            case .success: return (result, Verdict.succeeded)
            case .failure(let error): return (result, error is CommandFailure ? .retry() : .stop)
            }
        }
        guard let result = run.value else { throw CommandFailure("no time is left") }
        return try result.get()
    }

    private func once(_ command: [String], until end: ContinuousClock.Instant?) throws -> [UInt8] {
        switch ProgramOutput(
            of: command, own: ["CIRCLE"], until: end, cancellation: cancellation)
        {
        case .notStarted(let number): throw InvalidValue(errorText(number))
        case .givenUp: throw CommandFailure("it did not answer in time")
        case .ended(let output, status: 0): return output
        case .ended: throw CommandFailure("it has failed")
        }
    }
}
