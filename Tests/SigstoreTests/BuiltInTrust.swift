import Sigstore

/// The instances whose trust is built in.
enum BuiltInTrust: String, Sendable, CaseIterable {
    case publicGood = "public-good"
    case staging

    private var instance: Instance { self == .staging ? .staging : .publicGood }

    var trustedRoot: [UInt8] { instance.trustedRoot ?? [] }
    var signingConfig: [UInt8] { instance.signingConfig ?? [] }
}
