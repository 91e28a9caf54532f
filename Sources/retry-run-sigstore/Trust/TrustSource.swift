import Console
import Sigstore

/// Where the trusted root and the signing config come from.
enum TrustSource {
    case trustedRoot(file: String)
    case clientTrustConfig(file: String)
    case instance(Instance, isOffline: Bool)

    init(_ options: TrustOptions) throws {
        let choices = [
            ("--trusted-root", options.trustedRoot != nil),
            ("--trust-config", options.trustConfig != nil),
            ("--staging", options.staging), ("--tuf-url", options.tufURL != nil),
        ].filter(\.1).map(\.0)
        guard choices.count < 2 else {
            throw UsageError("\(choices.joined(separator: " and ")) exclude each other")
        }
        guard (options.tufURL == nil) == (options.tufRoot == nil) else {
            throw UsageError("--tuf-url and --tuf-root belong together")
        }
        if let file = options.trustedRoot {
            self = .trustedRoot(file: file)
        } else if let file = options.trustConfig {
            self = .clientTrustConfig(file: file)
        } else {
            self = .instance(try Self.instance(options), isOffline: options.offline)
        }
    }

    private static func instance(_ options: TrustOptions) throws -> Instance {
        guard let url = options.tufURL, let file = options.tufRoot else {
            return try options.staging
                ? .staging : InitializedInstance().instance() ?? .publicGood
        }
        return Instance(
            repository: url, root: try InputFile(file).content(limit: TrustedRoot.sizeLimit))
    }

    /// - Throws: `ServiceError` when it has to be fetched and cannot be.
    func trustedRoot(
        calls: SigningCalls<SystemClock>, reporter: Reporter
    ) throws -> TrustedRoot {
        switch self {
        case .trustedRoot(let file):
            return try Self.read(file, TrustedRoot.init)
        case .clientTrustConfig(let file):
            return try Self.read(file, ClientTrustConfig.init).trustedRoot
        case .instance(let instance, let isOffline):
            let targets = try Self.targets(
                [InstanceTrust.trustedRoot], of: instance, isOffline, calls, reporter)
            return try Self.document(targets[0], of: instance, TrustedRoot.init)
        }
    }

    /// What it takes to sign.
    ///
    /// - Parameters:
    ///   - file: A signing config that is used instead of the source's own.
    ///   - logVersions: The versions of Rekor that will do.
    /// - Throws: `ServiceError` when something has to be fetched and cannot be.
    func signingTrust(
        config file: String?, logVersions: Set<Int64>,
        calls: SigningCalls<SystemClock>, reporter: Reporter
    ) throws -> SigningTrust {
        let given = try file.map { try Self.read($0, SigningConfig.init) }
        switch self {
        case .clientTrustConfig(let file):
            let both = try Self.read(file, ClientTrustConfig.init)
            return SigningTrust(
                trustedRoot: both.trustedRoot, signingConfig: given ?? both.signingConfig)
        case .trustedRoot(let file):
            guard let given else {
                throw UsageError(
                    "to sign, --trusted-root needs --signing-config beside it; or give both in one "
                        + "file with --trust-config")
            }
            return SigningTrust(
                trustedRoot: try Self.read(file, TrustedRoot.init), signingConfig: given)
        case .instance(let instance, let isOffline):
            let config = InstanceTrust.signingConfig(of: instance, logVersions: logVersions)
            let names = [InstanceTrust.trustedRoot] + (given == nil ? [config] : [])
            let targets = try Self.targets(names, of: instance, isOffline, calls, reporter)
            let own = try targets.dropFirst().first.map {
                try Self.document($0, of: instance, SigningConfig.init)
            }
            guard let config = given ?? own else { preconditionFailure("no signing config") }
            return SigningTrust(
                trustedRoot: try Self.document(targets[0], of: instance, TrustedRoot.init),
                signingConfig: config)
        }
    }

    private static func targets(
        _ names: [String], of instance: Instance, _ isOffline: Bool,
        _ calls: SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> [[UInt8]] {
        let trust = InstanceTrust(instance)
        if isOffline { return try names.map { try trust.withoutNetwork($0) } }
        return try TrustRefresh(trust, calls: calls, reporter: reporter).targets(names)
    }

    private static func document<Value>(
        _ json: [UInt8], of instance: Instance, _ make: ([UInt8]) throws(TrustError) -> Value
    ) throws -> Value {
        do {
            return try make(json)
        } catch {
            throw UsageError("a file of \(instance.repository) is \(error)")
        }
    }

    private static func read<Value>(
        _ file: String, _ make: ([UInt8]) throws(TrustError) -> Value
    ) throws -> Value {
        let input = try InputFile(file)
        let content = try input.content(limit: TrustedRoot.sizeLimit)
        do {
            return try make(content)
        } catch {
            throw UsageError("\(input.name) is \(error)")
        }
    }
}

/// All that signing has to know of an instance.
struct SigningTrust {
    let trustedRoot: TrustedRoot
    var signingConfig: SigningConfig

    static let nobody = SigningTrust(trustedRoot: .empty, signingConfig: .empty)
}
