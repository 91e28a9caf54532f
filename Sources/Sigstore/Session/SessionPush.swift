import OCI
import SigningCrypto

/// 7. Of an image: the signature in its registry, in one form or two.
///
/// How far a push has got is of this run only. Stored is where it goes: whoever goes on begins with its first
/// part, and finds what is done.
extension SigningSession {
    /// A part of a push, each with attempts of its own.
    package struct PushStage: Hashable, Sendable {
        /// How many pushes are left, with this one.
        let left: Int
        let part: PushPart
    }

    var pushStage: PushStage {
        PushStage(left: pushes.count, part: pushes.first?.push.part ?? .blobs)
    }

    /// What has to happen next; nil when all is there.
    var pushStep: SigningStep? {
        guard let current = pushes.first else { return nil }
        switch current.push.next(content: current.content) {
        case .call(let call): return .push(call)
        case .pause(let pause): return .rest(pause)
        case nil: return nil
        }
    }

    mutating func preparePush() {
        guard let image, let verified, let bundle else { return }
        pushed = []
        pushes = image.pushes(of: verified, bundle, content)
    }

    /// Takes in the answer to the call of a push.
    mutating func read(_ answer: RegistryAnswer) throws(RegistryError) {
        guard !pushes.isEmpty else { return }
        try pushes[0].push.apply(answer.response, at: answer.url, answer.address)
        if pushStep == nil { pushed.append(pushes.removeFirst().push.digest) }
    }

    /// Takes note that an attempt has failed: another one begins where it is sure to be right.
    mutating func repeatPush() {
        if !pushes.isEmpty { pushes[0].push.applyFailure() }
    }

    mutating func applyRest() {
        if !pushes.isEmpty { pushes[0].push.applyPause() }
    }
}
