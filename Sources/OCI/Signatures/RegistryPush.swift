package import HTTP
package import SigningCrypto

/// Something on its way into a registry, step by step, until it can be read back from there.
///
/// Every step may be repeated: the bytes are always the same. Stored are only the parameters, so that one
/// that is read again begins with the first step and finds what is done.
package protocol RegistryPush: Sendable {
    var repository: Repository { get }
    /// By which it is known in the repository.
    var digest: Digest { get }
    var part: PushPart { get }

    /// What has to happen next; nil when all is done.
    ///
    /// - Parameter content: The bytes that it was made for.
    func next(content: [UInt8]) -> PushStep?

    /// Goes on after a pause.
    mutating func applyPause()

    /// Takes note that a call has failed in a way that may pass.
    mutating func applyFailure()

    /// Takes in the answer to the call that `next` has named.
    mutating func apply(
        _ response: HTTPResponse, at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError)
}

/// What has to happen next.
package enum PushStep: Sendable {
    case call(RegistryCall)
    case pause(PushPause)
}

/// How long a push waits before it looks again.
package struct PushPause: Sendable {
    private let range: ClosedRange<Duration>
    private let calls: Int

    /// - Parameters:
    ///   - range: From which a time is drawn, so that several signers do not keep in step.
    ///   - calls: How many times as long as a call takes there is waited besides: by then a write of somebody
    ///     else has arrived that was begun before.
    package init(_ range: ClosedRange<Duration>, calls: Int = 0) {
        self.range = range
        self.calls = calls
    }

    /// From which the time is drawn.
    ///
    /// - Parameter call: The longest that a call of the push has taken; more than a second says nothing of
    ///   the others.
    package func range(call: Duration) -> ClosedRange<Duration> {
        let more = min(call, .seconds(1)) * calls
        return range.lowerBound + more...range.upperBound + more
    }
}

/// The parts of a push, each with attempts of its own.
package enum PushPart: String, Sendable {
    case blobs, manifest, referrers
}
