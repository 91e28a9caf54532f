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
    /// A pause that is drawn from a range, so that several signers do not keep in step.
    case pause(ClosedRange<Duration>)
}

/// The parts of a push, each with attempts of its own.
package enum PushPart: String, Sendable {
    case blobs, manifest, referrers
}
